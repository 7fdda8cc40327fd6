// The functions that have no faults of their own: they stop as any may, and are passed on.
#pragma once

#include "faults.h"

#define PASSED_ON(name, parameters, arguments) \
  static CK_RV pass##name parameters {         \
    STOP("C_" #name);                          \
    return real->C_##name arguments;           \
  }

PASSED_ON(GetInfo, (CK_INFO_PTR info), (info))
PASSED_ON(GetSlotInfo, (CK_SLOT_ID slot, CK_SLOT_INFO_PTR info), (slot, info))
PASSED_ON(GetMechanismInfo, (CK_SLOT_ID slot, CK_MECHANISM_TYPE type, CK_MECHANISM_INFO_PTR info),
          (slot, type, info))
PASSED_ON(InitToken, (CK_SLOT_ID slot, CK_UTF8CHAR_PTR pin, CK_ULONG length, CK_UTF8CHAR_PTR label),
          (slot, pin, length, label))
PASSED_ON(OpenSession, (CK_SLOT_ID slot, CK_FLAGS flags, CK_VOID_PTR application, CK_NOTIFY notify, CK_SESSION_HANDLE_PTR session),
          (slot, flags, application, notify, session))
PASSED_ON(CloseSession, (CK_SESSION_HANDLE session), (session))
PASSED_ON(GetSessionInfo, (CK_SESSION_HANDLE session, CK_SESSION_INFO_PTR info), (session, info))
PASSED_ON(Logout, (CK_SESSION_HANDLE session), (session))
PASSED_ON(CreateObject, (CK_SESSION_HANDLE session, CK_ATTRIBUTE_PTR wanted, CK_ULONG count, CK_OBJECT_HANDLE_PTR object),
          (session, wanted, count, object))
PASSED_ON(FindObjectsInit, (CK_SESSION_HANDLE session, CK_ATTRIBUTE_PTR wanted, CK_ULONG count),
          (session, wanted, count))
PASSED_ON(FindObjectsFinal, (CK_SESSION_HANDLE session), (session))
PASSED_ON(EncryptInit, (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key),
          (session, mechanism, key))
PASSED_ON(DecryptInit, (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key),
          (session, mechanism, key))
PASSED_ON(SignInit, (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key),
          (session, mechanism, key))
PASSED_ON(SignUpdate, (CK_SESSION_HANDLE session, CK_BYTE_PTR part, CK_ULONG length), (session, part, length))
PASSED_ON(SignFinal, (CK_SESSION_HANDLE session, CK_BYTE_PTR signature, CK_ULONG_PTR size),
          (session, signature, size))
PASSED_ON(GenerateKey, (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_ATTRIBUTE_PTR wanted, CK_ULONG count, CK_OBJECT_HANDLE_PTR key),
          (session, mechanism, wanted, count, key))

static void passOn(void) {
  ours.C_GetInfo = passGetInfo;
  ours.C_GetSlotInfo = passGetSlotInfo;
  ours.C_GetMechanismInfo = passGetMechanismInfo;
  ours.C_InitToken = passInitToken;
  ours.C_OpenSession = passOpenSession;
  ours.C_CloseSession = passCloseSession;
  ours.C_GetSessionInfo = passGetSessionInfo;
  ours.C_Logout = passLogout;
  ours.C_CreateObject = passCreateObject;
  ours.C_FindObjectsInit = passFindObjectsInit;
  ours.C_FindObjectsFinal = passFindObjectsFinal;
  ours.C_EncryptInit = passEncryptInit;
  ours.C_DecryptInit = passDecryptInit;
  ours.C_SignInit = passSignInit;
  ours.C_SignUpdate = passSignUpdate;
  ours.C_SignFinal = passSignFinal;
  ours.C_GenerateKey = passGenerateKey;
}
