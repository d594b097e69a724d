package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.release.application.Launch;
import dev.slipway.release.policy.PolicyReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Applies the rules of approvals, duties, waivers, announcements and runbooks again to a release's records, as somebody does who
 * was not there: each yes was said by the person whose it is, while it was asked for, by nobody who made the change and by nobody
 * twice; where the release went on to staging there were as many as its policy wants, in its roles; and it went on nowhere
 * without a pass, or a waiver, of each gate. What was approved stood fast: a record that names
 * another sha, other digests or another policy afterwards is a fault, as is a policy that its hash was not made of.
 */
public final class ApprovalRecords {
    private static final Set<String> NEED = Set.of("STAGING", "CANDIDATE", "ROLLING_OUT", "BAKING", "MERGING");
    private static final String ASKED = "AWAITING_APPROVAL";
    private static final String USER = "user:";

    private final ObjectNode state = JsonNodeFactory.instance.objectNode();
    private final List<String> faults = new ArrayList<>();
    private final Set<String> counted = new LinkedHashSet<>();
    private final VoteRecords votes = new VoteRecords(this::fault);
    private final StayRecords stay = new StayRecords(this::fault);
    private final GateRecords gates = new GateRecords(this::fault);
    private final WaiverRecords waivers = new WaiverRecords(this::fault, this::made);
    private final DutyRecords duties = new DutyRecords(this::fault, this::made, waivers::covers);
    private final AnnouncementRecords announcements = new AnnouncementRecords(this::fault);
    private final DayRecords day = new DayRecords(this::fault);
    private final GuideRecords guides = new GuideRecords(this::fault, this::made);
    private final RunbookRecords runbook = new RunbookRecords(this::fault);
    private boolean asked;
    private boolean unreadable;
    private @Nullable Launch launch;
    private @Nullable ChangedFiles changed;
    private int place;

    /**
     * What came of it.
     *
     * @param said for people, in one line
     * @param faults named by the position of the record
     */
    public record Checked(String said, List<String> faults) {
        public Checked {
            faults = List.copyOf(faults);
        }
    }

    private ApprovalRecords() {}

    /** @param records of one release from its first one on, each with {@code actor}, {@code input}, {@code set}, {@code unset} */
    public static Checked check(List<JsonNode> records) {
        ApprovalRecords check = new ApprovalRecords();
        records.forEach(check::next);
        return new Checked(check.said(), check.faults);
    }

    private void next(JsonNode record) {
        place++;
        String phase = phase();
        JsonNode before = state.path("state");
        JsonNode set = record.path("set");
        set.properties().forEach(field -> state.set(field.getKey(), field.getValue()));
        record.path("unset").forEach(name -> state.remove(name.asString()));
        if (set.has("launch")) {
            launched(set.path("launch"));
        }
        Launch known = launch;
        Policy guide = known == null ? null : known.policy();
        if (known == null || guide == null) {
            return;
        }
        List<String> yes = List.copyOf(counted);
        if (set.has("approvals")) {
            approved(record, phase, guide);
        }
        runbook.next(record, known);
        if (known.rollback() == null) {
            votes.next(record, phase, state, known, List.copyOf(counted));
            stay.next(phase, state, guide);
            gates.next(state, known, guide);
            waivers.next(record, before, guide);
            duties.next(record, before, state.path("state"), known);
            announcements.next(record, guide);
            day.next(record, known);
            guides.next(record, phase, known, yes);
        }
        if (set.has("changed")) {
            changed(set.path("changed"));
        }
        if (NEED.contains(phase()) && !NEED.contains(phase) && !asked) {
            asked = true;
            enough(known, guide);
            if (known.rollback() == null) {
                votes.wentOn(state, known);
            }
        }
    }

    /** What has changed is read once, and what people are asked for by it stands fast. */
    private void changed(JsonNode told) {
        ChangedFiles before = changed;
        try {
            changed = ChangedFiles.stored(state);
        } catch (JacksonException | IllegalArgumentException wrong) {
            fault("which files have changed cannot be read");
            return;
        }
        if (told.isNull() || (before != null && !before.equals(changed))) {
            fault("other files have changed than before, whose change somebody had to approve");
        }
    }

    private String phase() {
        return state.path("state").path("type").asString("");
    }

    private void launched(JsonNode told) {
        Launch before = launch;
        try {
            launch = WireJson.mapper().treeToValue(told, Launch.class);
        } catch (JacksonException | IllegalArgumentException wrong) {
            unreadable = true;
            fault("what is released cannot be read");
            return;
        }
        Policy guide = launch.policy();
        if (before != null
                && !(before.proposal().sha().equals(launch.proposal().sha())
                        && before.proposal()
                                .artifacts()
                                .equals(launch.proposal().artifacts())
                        && before.policyHash().equals(launch.policyHash()))) {
            fault("what is released is another sha, other digests or another policy than before");
        }
        if (guide != null && !PolicyReader.hash(guide).equals(launch.policyHash())) {
            fault("its policy is not the one that its hash was made of");
        }
    }

    private void approved(JsonNode record, String phase, Policy guide) {
        Set<String> gone = new HashSet<>(counted);
        record.path("set")
                .path("approvals")
                .forEach(each -> gone.remove(each.path("email").asString("")));
        if (!gone.isEmpty() && (votes.takesBack(record, gone, guide) || guides.takesBack(record, gone))) {
            counted.removeAll(gone);
        }
        for (JsonNode approval : record.path("set").path("approvals")) {
            String email = approval.path("email").asString("");
            if (counted.contains(email)) {
                continue;
            }
            Set<String> person = guide.approvals().addressesOf(email);
            if (!record.path("actor").asString("").equals(USER + email)) {
                fault("an approval of %s that %s gave"
                        .formatted(email, record.path("actor").asString("nobody")));
            } else if (!phase.equals(ASKED)) {
                fault("an approval of %s when none was asked for".formatted(email));
            } else if (made(person)) {
                fault("%s approved a change of their own".formatted(email));
            } else if (counted.stream().anyMatch(person::contains)) {
                fault("%s approved it under another address before".formatted(email));
            }
            counted.add(email);
        }
        if (record.path("set").path("approvals").size() < counted.size()) {
            fault("an approval was taken away");
        }
    }

    private boolean made(Set<String> person) {
        Launch release = launch;
        return (release != null && person.contains(release.publisher()))
                || state.path("people").valueStream().map(JsonNode::asString).anyMatch(person::contains);
    }

    private void enough(Launch release, Policy guide) {
        Policy.Approvals wanted = guide.approvals();
        if (release.rollback() != null || wanted.required() == 0) {
            return;
        }
        List<String> missing = Approvers.missing(guide, PathReviews.of(release, changed), counted);
        if (counted.size() < wanted.required()) {
            fault("it went to %s with %d of %s"
                    .formatted(phase(), counted.size(), Texts.counted(wanted.required(), "approval", "approvals")));
        } else if (!missing.isEmpty()) {
            fault("it went to %s without an approval of %s".formatted(phase(), String.join(", ", missing)));
        }
    }

    private void fault(String what) {
        faults.add("record %d: %s".formatted(place, what));
    }

    private String said() {
        Launch known = launch;
        Policy guide = known == null ? null : known.policy();
        if (unreadable || known == null || guide == null) {
            return "not gone over: what was released cannot be read";
        }
        if (known.rollback() != null) {
            return "none needed: it is a way back";
        }
        int required = guide.approvals().required();
        String roles = guide.approvals().roles().isEmpty()
                ? ""
                : " in the roles " + String.join(", ", guide.approvals().roles());
        String approvals = required == 0
                ? "none needed by its policy"
                : "%d of %d%s, rules applied again%s"
                        .formatted(counted.size(), required, roles, asked ? "" : "; it never went to staging");
        return approvals + votes.said() + duties.said(guide) + waivers.said() + announcements.said() + guides.said();
    }
}
