"""Small SAP tables: an order of 10 kg at 100.00 from vendor 125000, received and invoiced."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]


def ekko(**changes: Any) -> Row:
    return {
        "MANDT": "375", "EBELN": "4500000002.0", "BUKRS": "US00", "BSTYP": "F", "LOEKZ": "",
        "LIFNR": "0000125000", "ZBD1T": "30", "WAERS": "USD", "BEDAT": "1/24/17", **changes,
    }  # fmt: skip


def ekpo(**changes: Any) -> Row:
    return {
        "MANDT": "375", "EBELN": "4500000002", "EBELP": "00010", "LOEKZ": "", "TXZ01": "Kryptonite",
        "MATNR": "K-1", "MENGE": "10", "MEINS": "KG", "BPRME": "KG", "BPUMZ": "1", "BPUMN": "1",
        "NETPR": "100.00", "PEINH": "1", "NETWR": "1,000.00", "UEBTO": "0", "UEBTK": "",
        "ELIKZ": "", "PSTYP": "0", "WEPOS": "X", "RETPO": "", **changes,
    }  # fmt: skip


def mkpf(**changes: Any) -> Row:
    return {
        "MANDT": "375", "MBLNR": "5000000010", "MJAHR": "2017", "BLDAT": "1/25/17",
        "BUDAT": "1/25/17", "XBLNR": "DN-1", **changes,
    }  # fmt: skip


def mseg(**changes: Any) -> Row:
    return {
        "MANDT": "375", "MBLNR": "5000000010", "MJAHR": "2017", "ZEILE": "1", "BWART": "101",
        "MATNR": "K-1", "LIFNR": "125000", "SHKZG": "S", "WAERS": "USD", "DMBTR": "1,000.00",
        "MENGE": "10", "MEINS": "KG", "BSTMG": "10", "BSTME": "KG", "EBELN": "4500000002",
        "EBELP": "10", "LFBNR": "", "LFPOS": "0", "SMBLN": "", "SMBLP": "0", "BUKRS": "US00",
        "KZBEW": "B", **changes,
    }  # fmt: skip


def bkpf(**changes: Any) -> Row:
    return {
        "MANDT": "375", "BUKRS": "US00", "BELNR": "5105600111", "GJAHR": "2017", "BLART": "RE",
        "BLDAT": "1/26/17", "BUDAT": "1/26/17", "XBLNR": "INV-7", "STBLG": "", "WAERS": "USD",
        **changes,
    }  # fmt: skip


def bseg(**changes: Any) -> Row:
    """A line on the goods receipt clearing account, with its order."""
    return {
        "MANDT": "375", "BUKRS": "US00", "BELNR": "5105600111.0", "GJAHR": "2017", "BUZEI": "2",
        "BSCHL": "86", "KOART": "S", "SHKZG": "S", "KTOSL": "WRX", "WRBTR": "1,000.00",
        "AUGBL": "", "LIFNR": "", "EBELN": "4500000002.0", "EBELP": "10", "MENGE": "10",
        "MEINS": "KG", "BPMNG": "10", "BPRME": "KG", "MATNR": "K-1", "ZFBDT": "", "ZBD1T": "0",
        "ZBD2T": "0", "ZBD3T": "0", "ZLSPR": "", "REBZG": "", **changes,
    }  # fmt: skip


def vendor_line(**changes: Any) -> Row:
    """What is owed to the vendor."""
    return bseg(**{
        "BUZEI": "1", "BSCHL": "31", "KOART": "K", "SHKZG": "H", "KTOSL": "KBS", "EBELN": "",
        "EBELP": "0", "MENGE": "0", "BPMNG": "0", "LIFNR": "125000.0", "ZFBDT": "1/26/17",
        "ZBD1T": "14", "ZBD2T": "30", **changes,
    })  # fmt: skip


def rbkp(**changes: Any) -> Row:
    return {
        "MANDT": "375", "BELNR": "5105600111", "GJAHR": "2017", "BLDAT": "1/26/17",
        "BUDAT": "1/26/17", "XBLNR": "INV-7", "BUKRS": "US00", "LIFNR": "125000", "WAERS": "USD",
        "RMWWR": "1,130.00", "WMWST1": "130.00", "XRECH": "X", "STBLG": "", "RBSTAT": "5",
        "ZFBDT": "1/26/17", "ZBD1T": "30", "ZLSPR": "", **changes,
    }  # fmt: skip


def rseg(**changes: Any) -> Row:
    return {
        "MANDT": "375", "BELNR": "5105600111", "GJAHR": "2017", "BUZEI": "1",
        "EBELN": "4500000002", "EBELP": "10", "MATNR": "K-1", "WRBTR": "1,000.00", "SHKZG": "S",
        "MENGE": "10", "BSTME": "KG", "LFBNR": "5000000010", "LFPOS": "1", "SPGRP": "",
        "SPGRM": "", **changes,
    }  # fmt: skip


def ekbe(**changes: Any) -> Row:
    return {
        "EBELN": "4500000002", "EBELP": "10", "VGABE": "1", "GJAHR": "2017", "BELNR": "5000000010",
        "BUZEI": "1", "BEWTP": "E", "BWART": "101", "BUDAT": "1/25/17", "MENGE": "10",
        "WRBTR": "1,000.00", "WAERS": "USD", "SHKZG": "S", "XBLNR": "", "LFBNR": "", "LFPOS": "",
        **changes,
    }  # fmt: skip
