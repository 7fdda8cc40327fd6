// Signs with one key of SoftHSM as fast as it goes, without anything around it: bare-signing PIN LABEL p256|rsa COUNT.
// Prints how many milliseconds the signatures took.
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "pkcs11.h"

#define MUST(call) \
  if ((call) != CKR_OK) return fprintf(stderr, "%s failed\n", #call), 1

int main(int count, char **words) {
  if (count != 5) return 2;
  void *library = dlopen("/usr/lib/softhsm/libsofthsm2.so", RTLD_NOW);
  if (library == NULL) return 1;
  CK_C_GetFunctionList get = (CK_C_GetFunctionList)dlsym(library, "C_GetFunctionList");
  CK_FUNCTION_LIST_PTR pkcs11;
  MUST(get(&pkcs11));
  MUST(pkcs11->C_Initialize(NULL));
  CK_SLOT_ID slots[8];
  CK_ULONG found = 8;
  MUST(pkcs11->C_GetSlotList(CK_TRUE, slots, &found));
  CK_SESSION_HANDLE session;
  MUST(pkcs11->C_OpenSession(slots[0], CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &session));
  MUST(pkcs11->C_Login(session, CKU_USER, (CK_UTF8CHAR_PTR)words[1], strlen(words[1])));

  CK_OBJECT_CLASS private = CKO_PRIVATE_KEY;
  CK_ATTRIBUTE wanted[] = {{CKA_CLASS, &private, sizeof private}, {CKA_LABEL, words[2], strlen(words[2])}};
  CK_OBJECT_HANDLE key;
  MUST(pkcs11->C_FindObjectsInit(session, wanted, 2));
  MUST(pkcs11->C_FindObjects(session, &key, 1, &found));
  MUST(pkcs11->C_FindObjectsFinal(session));
  if (found != 1) return 1;

  CK_MECHANISM mechanism = {strcmp(words[3], "rsa") == 0 ? CKM_RSA_PKCS : CKM_ECDSA, NULL, 0};
  CK_BYTE hash[32] = {1}, signature[512];
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  for (int left = atoi(words[4]); left > 0; left--) {
    CK_ULONG size = sizeof signature;
    MUST(pkcs11->C_SignInit(session, &mechanism, key));
    MUST(pkcs11->C_Sign(session, hash, sizeof hash, signature, &size));
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  printf("%.3f\n", (end.tv_sec - start.tv_sec) * 1e3 + (end.tv_nsec - start.tv_nsec) / 1e6);
  return 0;
}
