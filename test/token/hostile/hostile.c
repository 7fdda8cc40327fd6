// A library of PKCS#11 that does what SoftHSM does, until a fault is switched on: the file that $CLAVIGER_FAULTS names holds
// lines such as `C_Sign hang`, and is read again at each call. PINs that were tried are counted in $CLAVIGER_FAULTS.log.
// Beside a SoftHSM that is in use itself it has tokens of its own: those of the configuration $CLAVIGER_HOSTILE_TOKENS.
#define _GNU_SOURCE
#include <dlfcn.h>

#include "faults.h"
#include "passed-on.h"

static CK_RV initialize(CK_VOID_PTR arguments) {
  STOP("C_Initialize");
  return real->C_Initialize(arguments);
}

static CK_RV slotList(CK_BBOOL present, CK_SLOT_ID_PTR slots, CK_ULONG_PTR count) {
  STOP("C_GetSlotList");
  if (!is(kind, "many")) return real->C_GetSlotList(present, slots, count);
  CK_ULONG room = slots == NULL ? 0 : *count;
  for (CK_ULONG at = 0; at < room; at++) slots[at] = at;
  *count = 100000;
  return CKR_OK;
}

static CK_RV tokenInfo(CK_SLOT_ID slot, CK_TOKEN_INFO_PTR info) {
  STOP("C_GetTokenInfo");
  CK_RV result = real->C_GetTokenInfo(slot, info);
  if (is(kind, "final")) info->flags |= CKF_USER_PIN_FINAL_TRY;
  if (is(kind, "pinpad")) info->flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
  if (is(kind, "initial")) info->flags |= CKF_USER_PIN_TO_BE_CHANGED;
  if (is(kind, "narrow") || is(kind, "initial")) info->ulMinPinLen = 6, info->ulMaxPinLen = 12;
  if (is(kind, "crossed")) info->ulMinPinLen = 64, info->ulMaxPinLen = 2;
  if (is(kind, "zeros")) info->ulMinPinLen = info->ulMaxPinLen = 0;
  if (is(kind, "untold")) info->ulMinPinLen = info->ulMaxPinLen = CK_UNAVAILABLE_INFORMATION;
  return result;
}

static CK_RV mechanismList(CK_SLOT_ID slot, CK_MECHANISM_TYPE_PTR mechanisms, CK_ULONG_PTR count) {
  STOP("C_GetMechanismList");
  if (!is(kind, "many")) return real->C_GetMechanismList(slot, mechanisms, count);
  CK_ULONG room = mechanisms == NULL ? 0 : *count;
  for (CK_ULONG at = 0; at < room; at++) mechanisms[at] = CKM_VENDOR_DEFINED + at;
  *count = 100000;
  return CKR_OK;
}

static CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR_PTR pin, CK_ULONG length) {
  note("C_Login");
  STOP("C_Login");
  if (is(kind, "accept")) return CKR_OK;
  // What a person types on the reader, who takes longer than the tests wait for a library.
  if (is(kind, "typed") && length == 0) sleep(4);
  if (is(kind, "typed") && length == 0) return real->C_Login(session, user, (CK_UTF8CHAR_PTR) "123456", 6);
  return real->C_Login(session, user, pin, length);
}

static CK_RV generateRandom(CK_SESSION_HANDLE session, CK_BYTE_PTR bytes, CK_ULONG length) {
  STOP("C_GenerateRandom");
  CK_RV result = real->C_GenerateRandom(session, bytes, length);
  if (is(kind, "zeros")) memset(bytes, 0, length);
  if (is(kind, "same")) for (CK_ULONG at = 0; at < length; at++) bytes[at] = (CK_BYTE)at;
  return result;
}

static CK_RV initPin(CK_SESSION_HANDLE session, CK_UTF8CHAR_PTR pin, CK_ULONG length) {
  note("C_InitPIN");
  STOP("C_InitPIN");
  return real->C_InitPIN(session, pin, length);
}

static CK_RV setPin(CK_SESSION_HANDLE session, CK_UTF8CHAR_PTR old, CK_ULONG oldLength, CK_UTF8CHAR_PTR pin, CK_ULONG length) {
  note("C_SetPIN");
  STOP("C_SetPIN");
  return real->C_SetPIN(session, old, oldLength, pin, length);
}

static CK_RV findObjects(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE_PTR found, CK_ULONG most, CK_ULONG_PTR count) {
  STOP("C_FindObjects");
  if (is(kind, "overrun")) {
    *count = most + 1000;
    return CKR_OK;
  }
  if (!is(kind, "many")) return real->C_FindObjects(session, found, most, count);
  for (CK_ULONG at = 0; at < most; at++) found[at] = 1 + at;
  *count = most;
  return CKR_OK;
}

static CK_RV attributeValue(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_PTR wanted, CK_ULONG count) {
  STOP("C_GetAttributeValue");
  if (is(kind, "leaking") && count == 1 && wanted->type == CKA_VALUE) {
    if (wanted->pValue != NULL) memset(wanted->pValue, 0x41, wanted->ulValueLen);
    wanted->ulValueLen = 32;
    return CKR_OK;
  }
  CK_RV result = real->C_GetAttributeValue(session, object, wanted, count);
  for (CK_ULONG at = 0; at < count; at++) {
    CK_BBOOL *flag = wanted[at].pValue;
    if (is(kind, "oversize")) wanted[at].ulValueLen = (CK_ULONG)1 << 40;
    if (flag == NULL) continue;
    if (is(kind, "insensitive") && wanted[at].type == CKA_SENSITIVE) *flag = CK_FALSE;
    if (is(kind, "extractable") && wanted[at].type == CKA_EXTRACTABLE) *flag = CK_TRUE;
    if (is(kind, "local") && wanted[at].type == CKA_LOCAL) *flag = CK_TRUE;
    if (is(kind, "shared") && wanted[at].type == CKA_VALUE) memset(flag, 0x41, wanted[at].ulValueLen);
    if (is(kind, "wrapping") && wanted[at].type == CKA_UNWRAP) *flag = CK_TRUE;
    if (is(kind, "garbage") && wanted[at].type == CKA_EC_POINT) memset((char *)flag + 3, 0x41, wanted[at].ulValueLen - 3);
    if (is(kind, "weak") && wanted[at].type == CKA_PUBLIC_EXPONENT)
      for (CK_ULONG byte = 0; byte < wanted[at].ulValueLen; byte++) flag[byte] = byte + 1 == wanted[at].ulValueLen ? 3 : 0;
  }
  return result;
}

static CK_RV generateKeyPair(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_ATTRIBUTE_PTR publicTemplate,
                             CK_ULONG publicCount, CK_ATTRIBUTE_PTR privateTemplate, CK_ULONG privateCount,
                             CK_OBJECT_HANDLE_PTR publicKey, CK_OBJECT_HANDLE_PTR privateKey) {
  STOP("C_GenerateKeyPair");
  return real->C_GenerateKeyPair(session, mechanism, publicTemplate, publicCount, privateTemplate, privateCount, publicKey,
                                 privateKey);
}

static CK_RV sign(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG length, CK_BYTE_PTR signature, CK_ULONG_PTR size) {
  STOP("C_Sign");
  CK_RV result = real->C_Sign(session, data, length, signature, size);
  if (is(kind, "garbage")) memset(signature, 0x41, *size);
  if (is(kind, "empty")) *size = 0;
  if (is(kind, "oversize")) *size = (CK_ULONG)1 << 40;
  return result;
}

// Whatever gives bytes: a length that is asked for has no bytes yet.
static void spoil(const char *kind, CK_BYTE_PTR given, CK_BYTE_PTR out, CK_ULONG_PTR size) {
  if (out == NULL) return;
  if (is(kind, "garbage")) memset(out, 0x41, *size);
  if (is(kind, "clear")) memcpy(out, given, *size < 16 ? *size : *size - 16);
  if (is(kind, "empty")) *size = 0;
  if (is(kind, "oversize")) *size = (CK_ULONG)1 << 40;
}

static CK_RV encrypt(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG length, CK_BYTE_PTR out, CK_ULONG_PTR size) {
  STOP("C_Encrypt");
  CK_RV result = real->C_Encrypt(session, data, length, out, size);
  if (result == CKR_OK) spoil(kind, data, out, size);
  return result;
}

static CK_RV decrypt(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG length, CK_BYTE_PTR out, CK_ULONG_PTR size) {
  STOP("C_Decrypt");
  CK_RV result = real->C_Decrypt(session, data, length, out, size);
  if (result == CKR_OK) spoil(kind, data, out, size);
  return result;
}

static CK_RV wrapKey(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE wrapping, CK_OBJECT_HANDLE key,
                     CK_BYTE_PTR out, CK_ULONG_PTR size) {
  STOP("C_WrapKey");
  CK_RV result = real->C_WrapKey(session, mechanism, wrapping, key, out, size);
  if (result == CKR_OK) spoil(kind, out, out, size);
  return result;
}

static CK_RV unwrapKey(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE unwrapping, CK_BYTE_PTR wrapped,
                       CK_ULONG length, CK_ATTRIBUTE_PTR wanted, CK_ULONG count, CK_OBJECT_HANDLE_PTR key) {
  STOP("C_UnwrapKey");
  return real->C_UnwrapKey(session, mechanism, unwrapping, wrapped, length, wanted, count, key);
}

static CK_RV deriveKey(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE base, CK_ATTRIBUTE_PTR wanted,
                       CK_ULONG count, CK_OBJECT_HANDLE_PTR key) {
  STOP("C_DeriveKey");
  return real->C_DeriveKey(session, mechanism, base, wanted, count, key);
}

static CK_RV destroyObject(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object) {
  STOP("C_DestroyObject");
  return is(kind, "lie") ? CKR_OK : real->C_DestroyObject(session, object);
}

CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR list) {
  STOP("C_GetFunctionList");
  if (is(kind, "null")) {
    *list = NULL;
    return CKR_OK;
  }
  const char *tokens = getenv("CLAVIGER_HOSTILE_TOKENS");
  if (tokens != NULL) setenv("SOFTHSM2_CONF", tokens, 1);
  void *library = dlopen("/usr/lib/softhsm/libsofthsm2.so", RTLD_NOW);
  if (library == NULL) return CKR_GENERAL_ERROR;
  CK_C_GetFunctionList get = (CK_C_GetFunctionList)dlsym(library, "C_GetFunctionList");
  CK_RV result = get(&real);
  if (result != CKR_OK) return result;
  ours = *real;
  ours.C_GetFunctionList = C_GetFunctionList;
  ours.C_Initialize = initialize;
  ours.C_GetSlotList = slotList;
  ours.C_GetTokenInfo = tokenInfo;
  ours.C_GetMechanismList = mechanismList;
  ours.C_GenerateRandom = generateRandom;
  ours.C_Login = login;
  ours.C_InitPIN = initPin;
  ours.C_SetPIN = setPin;
  ours.C_FindObjects = findObjects;
  ours.C_GetAttributeValue = attributeValue;
  ours.C_GenerateKeyPair = generateKeyPair;
  ours.C_Sign = sign;
  ours.C_DestroyObject = destroyObject;
  ours.C_Encrypt = encrypt;
  ours.C_Decrypt = decrypt;
  ours.C_WrapKey = wrapKey;
  ours.C_UnwrapKey = unwrapKey;
  ours.C_DeriveKey = deriveKey;
  passOn();
  *list = &ours;
  return CKR_OK;
}
