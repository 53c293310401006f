"""Every page of each role of the demo, for the checks and the screenshots."""

from tests.browser.province import SCHOOL

YEAR = "{year}"
OF_SCHOOL = f"/schools/{SCHOOL}"
PROGRAMME = f"{OF_SCHOOL}/programme/{YEAR}"

OPEN = ("/sign-in", "/k", "/privacy", "/coverage/public", f"/p/MS-BENDONG/{YEAR}", "/invitation", "/rescue", "/nowhere")
PAGES: dict[str, tuple[str, ...]] = {
    "pupil": ("/learn", "/learn/lessons", "/learn/results"),
    "teacher": (
        *("/", "/lessons", "/lessons/OS-06-01", "/lessons/ML-06-03", "/lessons/OS-06-01/outreach"),
        *("/lessons/OS-06-01/reading", "/lessons/OS-06-01/handout", "/lessons/OS-06-01/items"),
        *("/items", "/assessments", "/assessments/new", "/assignments", "/assignments/new?lesson=OS-06-01"),
        *(f"{OF_SCHOOL}/class-groups", "/account", "/account/password"),
    ),
    "coordinator": (
        *(
            "/",
            PROGRAMME,
            f"{PROGRAMME}/template",
            f"{OF_SCHOOL}/deliveries",
            f"{OF_SCHOOL}/import",
            "/staff",
            "/staff/new",
            "/staff/import",
        ),
        *(f"{OF_SCHOOL}/class-groups", f"{OF_SCHOOL}/class-groups/new", "/privacy/requests", "/privacy/retention"),
        *("/coverage", f"/coverage/schools/{SCHOOL}", "/plans"),
    ),
    "principal": ("/", PROGRAMME, "/coverage"),
    "commune_officer": ("/", "/verification", "/coverage", "/coverage/schools", "/schools"),
    "officer": (
        *(
            "/",
            "/coverage",
            "/coverage/schools",
            "/coverage/areas/MS-01",
            "/coverage/schools/MS-BENDONG",
            "/verification",
        ),
        *(
            "/plans",
            "/plans/new",
            "/plans/1",
            "/plans/1/edit",
            "/schools",
            "/units",
            f"/schools/MS-BENDONG/programme/{YEAR}",
        ),
    ),
    "admin": (
        *("/", "/schools", "/schools/new", f"{OF_SCHOOL}", f"{OF_SCHOOL}/placement", f"{OF_SCHOOL}/close", "/units"),
        *("/units/new", "/units/MS-01", "/years/new", "/registry/import", "/staff", "/audit"),
    ),
    "editor": ("/", "/lessons", "/items"),
    "auditor": ("/", "/audit", "/coverage"),
}
REFUSED = {"/nowhere": 404}
