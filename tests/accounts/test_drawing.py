"""The drawings carry data: where a strand ends, a dot stands and a bar begins is what was measured."""

from accounts.templatetags import drawing


def test_all_in_place_draws_five_whole_strands_and_a_solid_join() -> None:
    drawn = drawing.strands(["in_place"] * 5, drawing.SMALL)
    assert [stroke.kind for stroke in drawn] == ["in"] * 5 + ["join"]
    assert all(stroke.path.endswith("150 26") for stroke in drawn[:5])


def test_one_emerging_trait_stops_half_way_and_breaks_the_join() -> None:
    drawn = drawing.strands(["emerging", *["in_place"] * 4], drawing.SMALL)
    kinds = [stroke.kind for stroke in drawn]
    assert sorted(kinds) == sorted(["gap", "part", "in", "in", "in", "in", "join gap"])
    part = next(stroke for stroke in drawn if stroke.kind == "part")
    assert part.path.endswith("76 15")


def test_absent_trait_is_only_marked() -> None:
    drawn = drawing.strands(["absent"] * 5, drawing.WIDE)
    assert {stroke.kind for stroke in drawn} == {"gap", "join gap"}


def test_stepper_path_ends_at_its_last_station() -> None:
    assert drawing.stepper_path(7).endswith("M0 28H700")
    assert drawing.stepper_path(7).count("450 28") == 4


def test_first_spoke_of_the_radar_points_up() -> None:
    assert drawing.corner(0, 1) == ("150", "40")
    assert drawing.corner(0, 0.5) == ("150", "84")
    assert drawing.corner(3, 0) == ("150", "128")


def test_polygon_has_a_corner_a_trait() -> None:
    assert drawing.polygon([1, 1, 1, 1, 1]).split(" ")[1] == "233.7,100.8"


def test_bounds_always_show_zero() -> None:
    assert drawing.bounds(50, 75, 100) == ("0", "50", "75", "50")
    assert drawing.bounds(-100, -60, -20) == ("100", "0", "40", "80")
    assert drawing.bounds(-50, 0, 50) == ("50", "0", "50", "100")
    assert drawing.bounds(0, 0, 0) == ("0", "0", "0", "0")


def test_slopes_share_one_scale_from_nothing_to_the_largest() -> None:
    drawn = drawing.slopes([(0.5, 1.0), (0.5, 0.0)])
    assert [(each.left, each.right) for each in drawn] == [("132", "32"), ("132", "232")]


def test_labels_of_slopes_never_overlap() -> None:
    assert drawing.spread([10, 10, 100, 12]) == [10, 27, 100, 44]
    assert drawing.spread([]) == []


def test_slopes_of_nobody_and_of_nothing() -> None:
    assert drawing.slopes([]) == []
    assert drawing.slopes([(0.0, 0.0)])[0].left == "232"


def test_a_slope_chart_ends_below_its_lowest_line_or_label() -> None:
    assert drawing.slopes_height(drawing.slopes([(0.5, 1.0), (0.5, 0.5)])) == 165
    assert drawing.slopes_height([]) == 16


def test_course_puts_days_and_values_on_one_scale() -> None:
    drawn = drawing.course([(100, 10.0), (200, 5.0)], [(300, 0.0)], [300, 100])
    assert drawn.path == "M0 24L320 124"
    assert drawn.targets == [("640", "224")]
    assert drawn.marks == ["640", "0"]
    assert drawn.scale == [("224", 0.0), ("24", 10.0)]


def test_course_below_nothing_shows_its_least_its_nothing_and_its_greatest() -> None:
    assert drawing.course([(1, -5.0), (2, 5.0)], [], []).scale == [("224", -5.0), ("124", 0.0), ("24", 5.0)]


def test_course_of_one_day_and_of_nothing() -> None:
    assert drawing.course([(1, 0.0)], [], []).dots == [("0", "224")]
    assert drawing.course([], [], []).path == ""


def test_a_lane_joins_what_is_alike_and_lasts_until_the_end() -> None:
    drawn = drawing.lane(34, [100, 150, 200, 250], ["absent", "absent", "emerging", "in_place"], 300)
    assert [(each.level, each.x, each.width) for each in drawn] == [
        ("absent", "0", "320"), ("emerging", "320", "160"), ("in_place", "480", "160"),
    ]  # fmt: skip
    assert drawing.lane(34, [], [], 0) == []
    assert [each.y + each.height for each in drawn] == [34, 34, 34]
    assert [each.width for each in drawing.lane(34, [5], ["absent"], 5)] == ["640"]
