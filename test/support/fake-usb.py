"""Devices on USB that are not there: the files and messages of Linux for one, as an empty place over /sys/bus and its own network see them.

fake-usb.py add|remove NAME DEVICE        DEVICE: JSON, its texts in hexadecimal; what is null has no file
"""
import json, os, shutil, socket, struct, sys

KERNEL_EVENTS = 15
UDEV_GROUP = 2
UDEV_MAGIC = 0xFEEDCAFE


def announce(action, name, device):
    said = {
        "ACTION": action,
        "DEVPATH": f"/bus/usb/devices/{name}",
        "SUBSYSTEM": "usb",
        "DEVTYPE": "usb_device",
        "BUSNUM": "001",
        "DEVNUM": f"{device['number']:03d}",
        "DEVNAME": f"/dev/bus/usb/001/{device['number']:03d}",
        "PRODUCT": f"{device['vendorId']}/{device['productId']}/100",
        "SEQNUM": "1",
    }
    body = b"".join(f"{key}={value}\0".encode() for key, value in said.items())
    head = b"libudev\0" + struct.pack(">I", UDEV_MAGIC) + struct.pack("=7I", 40, 40, len(body), 0, 0, 0, 0)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, KERNEL_EVENTS) as events:
        events.bind((0, 0))
        events.sendto(head + body, (0, UDEV_GROUP))


def add(folder, device):
    os.makedirs(folder)
    files = {
        "idVendor": device["vendorId"],
        "idProduct": device["productId"],
        "busnum": "1",
        "devnum": str(device["number"]),
        "speed": "12",
        "bcdDevice": "0100",
        "bDeviceClass": "00",
        "bDeviceSubClass": "00",
        "bDeviceProtocol": "00",
        "bConfigurationValue": "1",
        "version": " 2.00",
        "bMaxPacketSize0": "64",
    }
    texts = {name: device[name] for name in ("manufacturer", "product", "serial") if device[name] is not None}
    content = {name: value.encode() for name, value in files.items()} | {name: bytes.fromhex(text) for name, text in texts.items()}
    for name, value in content.items():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(value + b"\n")
    ids = int(device["vendorId"], 16), int(device["productId"], 16)
    described = struct.pack("<BBHBBBBHHHBBBB", 18, 1, 0x0200, 0, 0, 0, 64, *ids, 0x0100, 1, 2, 3, 1)
    configuration = bytes([9, 2, 18, 0, 1, 1, 0, 0x80, 50]) + bytes([9, 4, 0, 0, 0, device["interfaceClass"], 0, 0, 0])
    with open(os.path.join(folder, "descriptors"), "wb") as file:
        file.write(described + configuration)


action, name, device = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
folder = f"/sys/bus/usb/devices/{name}"
if action == "add":
    add(folder, device)
    announce(action, name, device)
else:
    announce(action, name, device)
    shutil.rmtree(folder)
