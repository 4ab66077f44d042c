"""Small published files, invented, in the layouts of the real ones."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

MAP = (
    "PUBLICATION,EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,PRACTICE_POSTCODE,PCN_CODE,PCN_NAME,"
    "ONS_SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_NAME,ONS_ICB_CODE,ICB_CODE,ICB_NAME,"
    "ONS_COMM_REGION_CODE,COMM_REGION_CODE,COMM_REGION_NAME,SUPPLIER_NAME"
)
HEADERS = {
    "map": MAP,
    "ccg_map": MAP.replace("SUB_ICB_LOCATION", "CCG").replace("ICB", "STP").removesuffix(",SUPPLIER_NAME"),
    "qof_map": (
        "NAT_ONS_CODE,NAT_CODE,COUNTRY,REGION_ODS_CODE,REGION_ONS_CODE,REGION_NAME,STP_ODS_CODE,STP_ONS_CODE,STP_NAME,"
        "CCG_ODS_CODE,CCG_ONS_CODE,CCG_NAME,PCN_ODS_CODE,PCN_NAME,PRACTICE_CODE,PRACTICE_NAME"
    ),
    "details": "pcn_code,pcn_name,sub_icb_code,sub_icb_name,open_date,close_date,postcode",
    "members": (
        "practice_code,practice_name,practice_sub_icb_code,pcn_code,pcn_name,pcn_sub_icb_code,start_date,end_date,"
        "same_sub_icb"
    ),
    "register": (
        "code,name,national_grouping,high_level_health_geography,postcode,open_date,close_date,status,sub_type,"
        "parent_code,join_parent_date,left_parent_date,prescribing_setting"
    ),
    "sizes": "PUBLICATION,EXTRACT_DATE,ORG_TYPE,ORG_CODE,ONS_CODE,POSTCODE,SEX,AGE_GROUP_5,NUMBER_OF_PATIENTS",
    "old_sizes": "PUBLICATION,EXTRACT_DATE,TYPE,CCG_CODE,ONS_CCG_CODE,CODE,POSTCODE,SEX,AGE,NUMBER_OF_PATIENTS",
}
USUAL = {
    "EXTRACT_DATE": "01Jul2026", "PRACTICE_NAME": "HARBOUR SURGERY", "PRACTICE_POSTCODE": "HU1 1AA",
    "PCN_CODE": "U10001", "PCN_NAME": "EAST HULL PCN", "SUB_ICB_LOCATION_CODE": "03F",
    "SUB_ICB_LOCATION_NAME": "NHS Humber ICB - 03F",
    "ICB_CODE": "QOQ", "ICB_NAME": "NHS Humber Integrated Care Board", "CCG_CODE": "03F", "CCG_NAME": "NHS Hull CCG",
    "STP_CODE": "QOQ", "STP_NAME": "Humber, Coast and Vale", "COMM_REGION_CODE": "Y63", "CCG_ODS_CODE": "03F",
    "COMM_REGION_NAME": "North East and Yorkshire", "STP_ODS_CODE": "QOQ", "REGION_ODS_CODE": "Y63",
    "REGION_NAME": "North East and Yorkshire", "PCN_ODS_CODE": "U10001", "pcn_code": "U10001",
    "pcn_name": "EAST HULL PCN", "sub_icb_code": "03F", "sub_icb_name": "NHS HULL CCG", "open_date": "20191001",
    "practice_name": "HARBOUR SURGERY", "practice_sub_icb_code": "03F", "start_date": "20191001",
    "name": "HARBOUR SURGERY", "parent_code": "03F", "join_parent_date": "20130401", "SEX": "ALL",
    "AGE_GROUP_5": "ALL", "AGE": "ALL", "ORG_TYPE": "GP", "TYPE": "GP",
}  # fmt: skip
WRITTEN = {
    "sizes": {"EXTRACT_DATE": "2026-07-01"}, "old_sizes": {"EXTRACT_DATE": "01JAN2021"},
    "register": {"open_date": "19740401"},
}  # fmt: skip

Publish = Callable[..., Path]


@pytest.fixture
def publish(tmp_path: Path) -> Publish:
    """``publish("map", {"PRACTICE_CODE": "B81001"}, …, name="map.csv")``: a file; what a row leaves out is usual."""

    def write(layout: str, *rows: dict[str, object], name: str = "") -> Path:
        header = HEADERS[layout].split(",")
        path = tmp_path / (name or f"{layout}-{len(list(tmp_path.iterdir()))}.csv")
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, restval="", extrasaction="raise")
            writer.writeheader()
            for row in rows:
                usual = {column: USUAL.get(column, "") for column in header}
                writer.writerow({**usual, **WRITTEN.get(layout, {}), **row})
        return path

    return write
