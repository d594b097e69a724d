package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.release.application.Launch;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Applies the rules of duties again to a release's records: those were left out that do not apply by their rules, and no
 * others; each answer was said by the person whose it is, who has the role, while it was asked for, by nobody twice, and that
 * there is nothing to do by nobody who made the change; and where the release went on that waits for them, enough had said
 * that each of them passed, or does not apply, or two people had waived it.
 */
final class DutyRecords {
    /** What duties stand before, in the order in which a release leaves it behind. */
    private static final List<Duty.Before> MOMENTS =
            List.of(Duty.Before.STAGING, Duty.Before.PRODUCTION, Duty.Before.END);

    private final Consumer<String> fault;
    private final Predicate<Set<String>> made;
    private final StaffRecords staff;
    private final BiPredicate<Duty, String> waived;
    private final WaitRecords waits = new WaitRecords();
    private final Map<Cell, Integer> done = new HashMap<>();
    private final Map<Cell, String> said = new HashMap<>();
    private final Set<String> answered = new HashSet<>();
    private final Set<Cell> failed = new LinkedHashSet<>();
    private final Set<String> passedOver = new HashSet<>();
    private Set<String> leftOut = Set.of();
    private int answers;

    /** One of what a duty is asked for; without a name where that is the whole. */
    private record Cell(String duty, String name) {
        String text() {
            return Cells.named(duty, name);
        }
    }

    /**
     * @param fault hears of each fault, at the record that is looked at
     * @param made whether a person with these addresses made the change
     * @param waived whether a duty, or this cell of it, is waived by two people at the record that is looked at
     */
    DutyRecords(Consumer<String> fault, Predicate<Set<String>> made, BiPredicate<Duty, String> waived) {
        this.fault = fault;
        this.made = made;
        this.waived = waived;
        this.staff = new StaffRecords(fault);
    }

    /** The record with which it began, or one that says again what does not apply. */
    private void leftOut(JsonNode told, Launch launch) {
        leftOut =
                told.valueStream().map(each -> each.path("duty").asString("")).collect(Collectors.toUnmodifiableSet());
        Set<String> byRule = LeftOut.of(launch).stream().map(LeftOut::duty).collect(Collectors.toUnmodifiableSet());
        leftOut.stream()
                .filter(id -> !byRule.contains(id))
                .sorted()
                .forEach(id -> fault.accept("duty %s was left out, and its rule does not leave it out".formatted(id)));
        byRule.stream()
                .filter(id -> !leftOut.contains(id))
                .sorted()
                .forEach(id -> fault.accept("duty %s was not left out, as its rule says".formatted(id)));
    }

    /** @param before where the release was before the record; its state as the journal has it */
    void next(JsonNode record, JsonNode before, JsonNode after, Launch launch) {
        Policy guide = launch.guide();
        JsonNode set = record.path("set");
        if (set.has("launch") || set.has("leftOut")) {
            leftOut(set.path("leftOut"), launch);
        }
        staff.next(record, launch);
        waits.next(record);
        JsonNode all = set.path("duties");
        for (int i = answers; i < all.size(); i++) {
            answer(record, before, all.get(i), guide);
        }
        if (all.isArray() && all.size() < answers) {
            fault.accept("an answer to a duty was taken away");
        }
        answers = Math.max(answers, all.size());
        int from = behind(before);
        for (int moment = from; from >= 0 && moment < behind(after); moment++) {
            enough(MOMENTS.get(moment), guide);
        }
    }

    private void answer(JsonNode record, JsonNode before, JsonNode answer, Policy guide) {
        String id = answer.path("duty").asString("");
        String email = answer.at("/said/by").asString("");
        Duty duty = guide.duty(id).orElse(null);
        if (duty == null) {
            fault.accept("an answer to duty %s, which its policy has not".formatted(id));
            return;
        }
        Optional<String> wrong = waits.fault(record, answer, duty);
        boolean person = !WaitRecords.isOfNobody(answer);
        if (wrong.isPresent()) {
            fault.accept(wrong.get());
        } else if (person && !record.path("actor").asString("").equals("user:" + email)) {
            fault.accept("an answer of %s that %s gave"
                    .formatted(email, record.path("actor").asString("nobody")));
        } else if (person && !staff.isAsked(guide, duty, email)) {
            fault.accept("%s answered duty %s, which was not asked of them".formatted(email, id));
        } else if (!isTurn(duty, before)) {
            fault.accept("duty %s was answered when it was not asked for".formatted(id));
        } else {
            for (Cell each : cells(duty, answer)) {
                cell(duty, each, answer, email, guide);
            }
        }
    }

    /** Of which cells it is said; none but its own are counted. */
    private List<Cell> cells(Duty duty, JsonNode answer) {
        List<String> named = answer.at("/said/cells")
                .valueStream()
                .map(cell -> cell.asString(""))
                .distinct()
                .toList();
        List<String> legal = Cells.of(duty);
        return (named.isEmpty() ? List.of(Cells.WHOLE) : named)
                .stream()
                        .filter(cell -> {
                            boolean known = legal.contains(cell);
                            if (!known) {
                                fault.accept("an answer to %s, which its policy has not"
                                        .formatted(
                                                cell.isEmpty()
                                                        ? "duty %s as a whole".formatted(duty.id())
                                                        : Cells.named(duty.id(), cell)));
                            }
                            return known;
                        })
                        .map(cell -> new Cell(duty.id(), cell))
                        .toList();
    }

    private void cell(Duty duty, Cell cell, JsonNode answer, String email, Policy guide) {
        String result = answer.at("/said/result").asString("");
        if (duty.isAfterWork() && !isGood(result)) {
            anew(cell);
        } else if (guide.approvals().addressesOf(email).stream()
                .anyMatch(address -> answered.contains(key(cell, address)))) {
            fault.accept("%s answered %s twice".formatted(email, cell.text()));
        } else {
            counted(cell, result, email, guide);
        }
        if (!duty.isAfterWork() || isGood(result)) {
            answered.add(key(cell, email));
        }
    }

    /** What was said before it failed after the release counts no more, and may be said again. */
    private void anew(Cell cell) {
        failed.add(cell);
        done.remove(cell);
        said.remove(cell);
        answered.removeIf(key -> key.startsWith(key(cell, "")));
    }

    private static String key(Cell cell, String email) {
        return cell + " " + email;
    }

    private static boolean isGood(String result) {
        return result.equals(DutyView.Result.PASSED.name()) || result.equals(DutyView.Result.NOT_APPLICABLE.name());
    }

    /** Of what passed and what does not apply the first that was said counts, and the other beside it does not. */
    private void counted(Cell cell, String result, String email, Policy guide) {
        boolean dismisses = result.equals(DutyView.Result.NOT_APPLICABLE.name());
        if (!isGood(result)) {
            failed.add(cell);
            return;
        }
        if (leftOut.contains(cell.duty())) {
            fault.accept("duty %s was answered, and does not apply".formatted(cell.duty()));
        } else if (dismisses && made.test(guide.approvals().addressesOf(email))) {
            fault.accept("%s made the change and said that %s does not apply".formatted(email, cell.text()));
        } else if (!said.computeIfAbsent(cell, _ -> result).equals(result)) {
            fault.accept("%s has passed by one answer and does not apply by another".formatted(cell.text()));
        } else {
            done.merge(cell, 1, Integer::sum);
        }
    }

    /** What was waived then has to be so until production. */
    private void enough(Duty.Before before, Policy guide) {
        applying(guide)
                .filter(duty -> duty.before() == before || passedOver.contains(duty.id()))
                .forEach(this::stops);
        if (before == Duty.Before.PRODUCTION) {
            passedOver.clear();
        }
    }

    private boolean isWaived(Duty duty, Cell cell) {
        boolean covered = waived.test(duty, cell.name());
        if (covered && duty.before() == Duty.Before.STAGING) {
            passedOver.add(duty.id());
        }
        return covered;
    }

    private void stops(Duty duty) {
        missing(duty)
                .filter(cell -> !isWaived(duty, cell))
                .forEach(cell -> fault.accept("it went on with %d of %d answers to %s"
                        .formatted(done.getOrDefault(cell, 0), duty.people(), cell.text())));
        failed(duty)
                .filter(cell -> done.getOrDefault(cell, 0) >= duty.people() && !isWaived(duty, cell))
                .forEach(cell -> fault.accept("it went on though %s failed".formatted(cell.text())));
    }

    /** Cells of which somebody has said that they failed; after the release, and enough people have not said otherwise since. */
    private Stream<Cell> failed(Duty duty) {
        return failed.stream()
                .filter(cell -> cell.duty().equals(duty.id())
                        && !(duty.isAfterWork() && done.getOrDefault(cell, 0) >= duty.people()));
    }

    private Stream<Cell> missing(Duty duty) {
        return Cells.of(duty).stream()
                .map(cell -> new Cell(duty.id(), cell))
                .filter(cell -> done.getOrDefault(cell, 0) < duty.people());
    }

    private boolean enough(Duty duty) {
        return Stream.concat(missing(duty), failed(duty)).findAny().isEmpty();
    }

    private Stream<Duty> applying(Policy guide) {
        return guide.duties().stream().filter(duty -> !leftOut.contains(duty.id()));
    }

    private static boolean isTurn(Duty duty, JsonNode state) {
        return duty.after() == null
                ? asked(state).filter(turn -> turn == duty.before()).isPresent()
                : state.path("type").asString("").equals("ENDED")
                        && AfterWork.ends(duty.after()).stream()
                                .anyMatch(end ->
                                        end.name().equals(state.path("phase").asString("")));
    }

    private static Optional<Duty.Before> asked(JsonNode state) {
        return switch (state.path("type").asString("")) {
            case "AWAITING_APPROVAL" -> Optional.of(Duty.Before.STAGING);
            case "CANDIDATE" -> Optional.of(Duty.Before.PRODUCTION);
            case "BAKING" ->
                state.path("part").asString("").equals("VERIFYING") ? Optional.of(Duty.Before.END) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /**
     * How many of the {@link #MOMENTS} it has left behind by going on as meant; -1 where it does not. One record may
     * be of several steps, so each that lies between is looked at.
     */
    private static int behind(JsonNode state) {
        return switch (state.path("type").asString("")) {
            case "", "UNHEARD", "PROPOSED", "VALIDATING", "AWAITING_APPROVAL" -> 0;
            case "STAGING", "CANDIDATE" -> 1;
            case "ROLLING_OUT" -> 2;
            case "BAKING" -> state.path("part").asString("").equals("CONFIRMING") ? 3 : 2;
            case "MERGING" -> 3;
            case "ENDED" -> state.path("phase").asString("").equals("COMPLETED") ? 3 : -1;
            default -> -1;
        };
    }

    /** For people, to follow what is said of approvals; empty where nobody was asked. */
    String said(Policy guide) {
        return guide.duties().isEmpty()
                ? ""
                : "; duties: %d answered of %d%s"
                        .formatted(
                                applying(guide).filter(this::enough).count(),
                                applying(guide).count(),
                                leftOut.isEmpty()
                                        ? ""
                                        : ", and %s not apply"
                                                .formatted(Texts.counted(leftOut.size(), "other does", "others do")));
    }
}
