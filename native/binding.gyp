{
  "targets": [
    {
      "target_name": "claviger",
      "sources": [
        "src/addon.cc",
        "src/leftovers.cc",
        "src/locked_memory.cc",
        "src/vector_registers.cc",
        "src/wipe_leftovers.cc"
      ],
      "include_dirs": ["../node_modules/node-api-headers/include", "../node_modules/node-addon-api"],
      "defines": [
        "NAPI_VERSION=8",
        "NODE_ADDON_API_DISABLE_CPP_EXCEPTIONS",
        # Electron has no external buffers: with this, a call that makes one does not compile.
        "NODE_API_NO_EXTERNAL_BUFFERS_ALLOWED"
      ],
      "cflags_cc": [
        "-std=c++20", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
        "-fvisibility=hidden", "-fno-exceptions", "-fno-rtti", "-fstack-protector-strong", "-D_FORTIFY_SOURCE=2"
      ],
      "conditions": [
        ["OS=='win'", {
          "sources": ["src/guarded_pages_win.cc", "src/process_hardening_win.cc"],
          "libraries": ["advapi32.lib", "crypt32.lib"],
          "msvs_settings": {
            "VCCLCompilerTool": { "AdditionalOptions": ["/std:c++20", "/W4", "/WX"], "ExceptionHandling": 0 }
          }
        }, {
          "sources": ["src/guarded_pages_posix.cc", "src/process_hardening_posix.cc"]
        }],
        ["OS=='linux'", { "ldflags": ["-Wl,-z,relro,-z,now", "-Wl,-z,noexecstack"] }],
        ["OS=='mac'", {
          "xcode_settings": {
            "CLANG_CXX_LANGUAGE_STANDARD": "c++20",
            "CLANG_CXX_LIBRARY": "libc++",
            "MACOSX_DEPLOYMENT_TARGET": "12.0",
            "GCC_ENABLE_CPP_EXCEPTIONS": "NO",
            "GCC_ENABLE_CPP_RTTI": "NO",
            "GCC_SYMBOLS_PRIVATE_EXTERN": "YES",
            "GCC_OPTIMIZATION_LEVEL": "2",
            "WARNING_CFLAGS": ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]
          }
        }]
      ]
    }
  ]
}
