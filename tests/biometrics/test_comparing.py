from __future__ import annotations

from tests.biometrics.engines import FACE, SetEngine, noise

from gatehouse.biometrics.comparing import Policy, compare_faces
from gatehouse.biometrics.engine import EngineInfo
from gatehouse.kernel.results import Result

POLICY = Policy(least_quality=10)


def test_a_score_at_the_threshold_agrees_and_says_where_the_threshold_stands() -> None:
    found = compare_faces(SetEngine(likeness=0.5), noise(), noise(2), POLICY)
    assert (found.result, found.score, found.threshold, found.false_match_rate) == (Result.SUCCESSFUL, 0.5, 0.5, 0.001)
    assert str(found.reason) == "the faces agree: score 0.500, threshold 0.500"


def test_a_score_below_the_threshold_does_not_agree() -> None:
    found = compare_faces(SetEngine(likeness=0.499), noise(), noise(2), POLICY)
    assert found.result is Result.FAILED
    assert str(found.as_check().reason) == "the faces do not agree: score 0.499, threshold 0.500"


def test_the_threshold_follows_from_the_rate_that_the_policy_asks_for() -> None:
    found = compare_faces(SetEngine(likeness=0.4), noise(), noise(2), Policy(false_match_rate=0.01, least_quality=10))
    assert (found.result, found.threshold) == (Result.SUCCESSFUL, 0.3)


def test_no_face_is_undetermined_and_has_no_score() -> None:
    found = compare_faces(SetEngine(found=((FACE,), ())), noise(), noise(2), POLICY)
    assert (found.result, found.score, found.threshold) == (Result.UNDETERMINED, None, None)
    assert str(found.reason) == "no face was found in the live picture"


def test_two_faces_are_undetermined() -> None:
    found = compare_faces(SetEngine(found=((FACE, FACE), (FACE,))), noise(), noise(2), POLICY)
    assert found.result is Result.UNDETERMINED
    assert str(found.reason) == "2 faces were found in the document's picture"


def test_a_poor_picture_is_not_judged_however_alike() -> None:
    found = compare_faces(SetEngine(likeness=0.9), noise(), noise(2, spread=4), POLICY)
    assert (found.result, found.score) == (Result.UNDETERMINED, 0.9)
    assert str(found.reason) == "the live picture is too poor to judge (exposure 0 of 100)"


def test_an_attack_is_an_alarm_before_anything_else() -> None:
    found = compare_faces(SetEngine(attacked=0.51), noise(), noise(2), POLICY)
    assert (found.result, found.attack, found.attack_alarm) == (Result.UNDETERMINED, 0.51, True)
    assert not compare_faces(SetEngine(attacked=0.5), noise(), noise(2), POLICY).attack_alarm


def test_an_engine_for_demonstration_decides_nothing_unless_it_may() -> None:
    info = EngineInfo("toy", "1", "tests", demonstration=True)
    found = compare_faces(SetEngine(info=info), noise(), noise(2), POLICY)
    assert (found.result, found.score) == (Result.UNDETERMINED, 0.7)
    allowed = Policy(least_quality=10, accept_demonstration=True)
    assert compare_faces(SetEngine(info=info), noise(), noise(2), allowed).result is Result.SUCCESSFUL


def test_what_is_logged_holds_no_picture_and_no_template() -> None:
    logged = compare_faces(SetEngine(attacked=None), noise(), noise(2), POLICY).as_dict()
    assert set(logged) == {
        "result",
        "reason",
        "engine",
        "demonstration",
        "score",
        "threshold",
        "false_match_rate",
        "quality",
        "attack",
        "attack_alarm",
        "milliseconds",
    }
    assert (logged["engine"], logged["attack"], logged["quality"]["live"]["contrast"]) == ("set 1", None, 100)
