package dev.slipway.cli.guide;

import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.GuideAnswer.Action;
import dev.slipway.contracts.policy.GuideAnswer.By;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.ReleaseKind;
import dev.slipway.contracts.policy.WaitsOn;
import dev.slipway.guide.Answer;
import dev.slipway.guide.DutyMoment;
import dev.slipway.guide.GuideLine;
import dev.slipway.guide.LineClass;
import dev.slipway.guide.NamedRole;
import dev.slipway.guide.Proposal;
import dev.slipway.guide.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of a policy answers a line as it is proposed. Only what answers it without doubt: a line is not covered by a gate that
 * looks at something else of the same kind, so where two gates might be meant, or none is, nothing answers it. What a person
 * decided is done as they say: a duty that the policy has not yet is one to be added, and so is a contact.
 */
final class Binding {
    /** As a person decides it: {@code gate: unit-tests}. */
    private static final Pattern DECIDED =
            Pattern.compile("\\s*(gate|approval|duty|document|action|value|nothing):\\s*(\\S.*)");

    /** Who a line's key stands for: {@code contact: Ada <ada@example.test>}. */
    private static final Pattern CONTACT = Pattern.compile("\\s*contact:\\s*([^<>]{1,100}?)\\s*<([^<>\\s]+)>\\s*");

    /** As a person decides that others are waited for: {@code wait: devops:24h:72h}. */
    private static final Pattern WAIT = Pattern.compile("\\s*wait:\\s*([^:]+?)\\s*:\\s*(\\S+?)\\s*:\\s*(\\S+)\\s*");

    private static final Pattern GATE = Pattern.compile("gates: \\[\\{id: ([^,}]+)(.*)}]");
    private static final Pattern CHECK = Pattern.compile("check: \"?([a-z-]+(?::[^\",}]+)?)");
    private static final Pattern SUITE = Pattern.compile("evidence: junit, suite: ([\\w.-]+)");
    private static final Pattern CHECKS = Pattern.compile("checks: \\[([^\\]]+)]");
    private static final Pattern REQUIRED =
            Pattern.compile("approvals: \\{required: (\\d+)(?:, roles: \\[\"(.*)\"])?}");
    private static final Pattern VERSION = Pattern.compile("(?i)\\W*version\\b.*");
    private static final Pattern APART = Pattern.compile("(?i).*\\b(isolat\\w+|shares? nothing|of its own)\\b.*");
    private static final Pattern REVIEWED = Pattern.compile("(?i)(?=.*\\b(review\\w*|approv\\w+|sign.?offs?)\\b)"
            + ".*\\b(scripts?|workflows?|pipelines?|manifests?|migrations?|infrastructure|configur\\w+)\\b.*");
    private static final String REQUIRED_CHECK = "required-check:";
    private static final int REASON_MAX = 300;
    /** As the policy has it where it says nothing. */
    static final Duration WITHIN = Duration.ofHours(72);

    private final Policy policy;
    private final Roles roles;

    Binding(Policy policy) {
        this.policy = policy;
        this.roles = new Roles(policy);
    }

    /**
     * @param added contacts that other lines add before
     * @throws IllegalArgumentException if a person decided that somebody is asked, or named, who cannot be
     */
    Bound of(Proposal proposal, int added) {
        @Nullable String part = proposal.answer().policy();
        Matcher contact = CONTACT.matcher(part == null ? "" : part);
        if (contact.matches()) {
            int index = policy.contacts().size() + added;
            return new Bound(
                    said("contacts[%d].name".formatted(index)),
                    null,
                    new Policy.Contact(
                            Roles.slug(key(proposal.line())),
                            Objects.requireNonNull(contact.group(1)),
                            contact.group(2),
                            null));
        }
        Matcher wait = WAIT.matcher(part == null ? "" : part);
        if (wait.matches()) {
            return wait(proposal, wait);
        }
        if (proposal.decided() && proposal.kind() == LineClass.DUTY && part != null && part.startsWith("duties:")) {
            return duty(proposal);
        }
        return Bound.of(answer(proposal, part));
    }

    /** What stands before the colon of "Technical Lead: [Name]". */
    private static String key(GuideLine line) {
        return line.text().replaceFirst(":.*", "");
    }

    private Bound duty(Proposal proposal) {
        @Nullable NamedRole named = proposal.role();
        String name = named == null ? "" : named.name();
        Optional<Duty> known = policy.duty(proposal.name()).or(() -> policy.duty(name));
        if (known.isPresent()) {
            return Bound.of(new GuideAnswer(By.DUTY, known.get().id()));
        }
        String role = role(proposal, name);
        int people = named != null && named.people() > 1 && roles.people(role) > 1 ? 2 : 1;
        Duty duty = asked(proposal, role, people, DutyMoment.within(proposal).orElse(WITHIN));
        return new Bound(new GuideAnswer(By.DUTY, duty.id()), duty, null);
    }

    /** Others do it, and somebody of a role sees to it and says that it is done. */
    private Bound wait(Proposal proposal, Matcher said) {
        Optional<Duty> known = policy.duty(proposal.name());
        if (known.isPresent()) {
            return Bound.of(new GuideAnswer(By.DUTY, known.get().id()));
        }
        String role = role(proposal, Objects.requireNonNull(said.group(1)));
        Duration expected = Deciding.time(Objects.requireNonNull(said.group(2)));
        Duration longest = Deciding.time(Objects.requireNonNull(said.group(3)));
        String on = Waiting.of(proposal)
                .map(Waiting::on)
                .orElseGet(() -> GuideSection.line(proposal.line().text(), WaitsOn.ON_CHARACTERS_MAX));
        Duty duty = asked(proposal, role, 1, longest).withWaits(new WaitsOn(on, expected, null, null, true));
        return new Bound(new GuideAnswer(By.DUTY, duty.id()), duty, null);
    }

    private String role(Proposal proposal, String name) {
        return roles.named(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s (line %d) is to be asked of %s: say duty:ROLE with a role of contacts that has an email: %s"
                                .formatted(
                                        proposal.line().id(),
                                        proposal.line().source().line(),
                                        name.isEmpty()
                                                ? "nobody that it names"
                                                : "'%s', whom the contacts of the policy do not have".formatted(name),
                                        String.join(", ", roles.all()))));
    }

    private static Duty asked(Proposal proposal, String role, int people, Duration within) {
        return new Duty(
                proposal.name(),
                GuideSection.line(proposal.line().text(), dev.slipway.contracts.policy.GuideLine.TEXT_CHARACTERS_MAX),
                role,
                before(proposal),
                people,
                List.of(),
                within,
                kinds(proposal),
                null,
                List.of(),
                null,
                after(proposal));
    }

    private static Announcing.@Nullable After after(Proposal proposal) {
        return switch (DutyMoment.of(proposal)) {
            case STAGING, PRODUCTION, END -> null;
            case ENDED -> Announcing.After.END;
            case COMPLETED -> Announcing.After.COMPLETED;
        };
    }

    private static Duty.@Nullable Before before(Proposal proposal) {
        return switch (DutyMoment.of(proposal)) {
            case STAGING -> Duty.Before.STAGING;
            case PRODUCTION -> Duty.Before.PRODUCTION;
            case END -> Duty.Before.END;
            case ENDED, COMPLETED -> null;
        };
    }

    static List<ReleaseKind> kinds(Proposal proposal) {
        return proposal.condition().when().stream()
                .sorted()
                .map(kind -> ReleaseKind.valueOf(kind.name()))
                .toList();
    }

    private GuideAnswer answer(Proposal proposal, @Nullable String part) {
        if (part != null) {
            Matcher decided = DECIDED.matcher(part);
            if (decided.matches()) {
                return new GuideAnswer(
                        By.valueOf(Objects.requireNonNull(decided.group(1)).toUpperCase(Locale.ROOT)),
                        Objects.requireNonNull(decided.group(2)).strip());
            }
        }
        return switch (proposal.kind()) {
            case NOTHING -> nothing(proposal.answer().words());
            case VALUE ->
                part == null && proposal.answer().cover() == Answer.Cover.SLIPWAY
                        ? ofRelease(proposal)
                        : part == null ? GuideAnswer.UNANSWERED : by(proposal, part);
            case GATE, DUTY, ACTION, DOCUMENT -> part == null ? GuideAnswer.UNANSWERED : by(proposal, part);
        };
    }

    /** The release itself says it; of its version a gate may see that files say the same. */
    private GuideAnswer ofRelease(Proposal proposal) {
        boolean version = VERSION.matcher(proposal.line().text()).matches();
        return (version ? only(Binding::isOfVersions) : Optional.<Gate>empty())
                .map(gate -> new GuideAnswer(By.GATE, gate.id()))
                .orElseGet(() -> nothing(proposal.answer().words()));
    }

    private static GuideAnswer nothing(String why) {
        return new GuideAnswer(By.NOTHING, GuideSection.line(why, REASON_MAX));
    }

    private GuideAnswer by(Proposal proposal, String part) {
        return switch (proposal.kind()) {
            case GATE -> gate(part);
            case DUTY ->
                paths(proposal.line(), part)
                        .or(() -> approval(part))
                        .or(() -> asked(proposal.name()))
                        .orElse(GuideAnswer.UNANSWERED);
            case ACTION -> action(proposal.line(), part).or(() -> check(part)).orElse(GuideAnswer.UNANSWERED);
            case VALUE -> value(proposal.line(), part);
            case DOCUMENT, NOTHING -> GuideAnswer.UNANSWERED;
        };
    }

    private GuideAnswer gate(String part) {
        Matcher proposed = GATE.matcher(part);
        if (!proposed.matches()) {
            return GuideAnswer.UNANSWERED;
        }
        String id = Objects.requireNonNull(proposed.group(1));
        String asks = Objects.requireNonNull(proposed.group(2));
        if (policy.gates().stream().anyMatch(gate -> gate.id().equals(id))) {
            return new GuideAnswer(By.GATE, id);
        }
        Matcher check = CHECK.matcher(asks);
        if (check.find()) {
            return builtIn(Objects.requireNonNull(check.group(1)));
        }
        return only(alike(asks))
                .map(gate -> new GuideAnswer(By.GATE, gate.id()))
                .orElse(GuideAnswer.UNANSWERED);
    }

    private GuideAnswer builtIn(String check) {
        Optional<Gate> gate =
                only(each -> check.equals(each.check()) || (check.equals(Gate.SETTINGS) && each.isOfSettings()));
        if (gate.isPresent()) {
            return new GuideAnswer(By.GATE, gate.get().id());
        } else if (check.equals("way-back")) {
            return new GuideAnswer(By.GATE, check);
        }
        String name = check.startsWith(REQUIRED_CHECK) ? check.substring(REQUIRED_CHECK.length()) : "";
        return policy.checks().contains(name) ? new GuideAnswer(By.GATE, "check-" + name) : GuideAnswer.UNANSWERED;
    }

    /** Gates that look at the same; of a kind that says many things, such as SARIF, none can be told to be meant. */
    static Predicate<Gate> alike(String asks) {
        Matcher suite = SUITE.matcher(asks);
        if (suite.find()) {
            return gate -> suite.group(1).equals(gate.suite());
        } else if (asks.contains("http:")) {
            return gate -> !gate.http().isEmpty();
        } else if (asks.contains("licenses:")) {
            return gate -> gate.licenses() != null;
        } else if (asks.contains("coverage.")) {
            return gate -> asksFor(gate, "coverage.");
        } else if (asks.contains("tests.flaky")) {
            return gate -> asksFor(gate, "tests.flaky") || asksFor(gate, "stability.");
        } else if (asks.contains("tracker:")) {
            return gate -> gate.tracker() != null;
        } else if (asks.contains("load.")) {
            return gate -> asksFor(gate, "load.") || asksFor(gate, "benchmark.");
        }
        return gate -> gate.evidence() != null
                && Gate.NAMES_ARTIFACTS.contains(gate.evidence())
                && asks.contains("evidence: " + gate.evidence());
    }

    /** Whether it looks that files say the released version. */
    static boolean isOfVersions(Gate gate) {
        return gate.files() != null && gate.files().versions() != null;
    }

    private static boolean looksForTag(Gate gate) {
        return gate.arrival() != null && gate.arrival().tag() != null;
    }

    private static boolean asksFor(Gate gate, String facts) {
        return gate.rule().stream().anyMatch(threshold -> threshold.fact().startsWith(facts));
    }

    private Optional<Gate> only(Predicate<Gate> alike) {
        List<Gate> found = policy.gates().stream().filter(alike).toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /** Who approves files by their path approves them, and no number of others does. */
    private Optional<GuideAnswer> paths(GuideLine line, String part) {
        return part.startsWith("approvals:") && reviewsFiles(policy, line)
                ? Optional.of(new GuideAnswer(By.APPROVAL, GuideAnswer.PATHS))
                : Optional.empty();
    }

    /** Whether a line wants such files looked through as the policy has somebody in particular for. */
    static boolean reviewsFiles(Policy policy, GuideLine line) {
        return !policy.approvals().paths().isEmpty()
                && REVIEWED.matcher(line.text()).matches();
    }

    private Optional<GuideAnswer> approval(String part) {
        Matcher approvals = REQUIRED.matcher(part);
        if (!approvals.matches() || policy.approvals().required() < Integer.parseInt(approvals.group(1))) {
            return Optional.empty();
        }
        @Nullable String role = approvals.group(2);
        return role != null && policy.approvals().roles().contains(role)
                ? Optional.of(new GuideAnswer(By.APPROVAL, role))
                : role == null ? Optional.of(new GuideAnswer(By.APPROVAL, GuideAnswer.REQUIRED)) : Optional.empty();
    }

    /** It is in the policy already, by the name that the import gives it. */
    private Optional<GuideAnswer> asked(String name) {
        return policy.duty(name)
                .map(duty -> new GuideAnswer(By.DUTY, duty.id()))
                .or(() -> check("checks: [%s]".formatted(name)));
    }

    /** A person or a pipeline says that it is done. */
    private Optional<GuideAnswer> check(String part) {
        Matcher checks = CHECKS.matcher(part);
        return checks.matches() && policy.checks().contains(checks.group(1))
                ? Optional.of(new GuideAnswer(By.GATE, "check-" + checks.group(1)))
                : Optional.empty();
    }

    private Optional<GuideAnswer> action(GuideLine line, String part) {
        if (part.startsWith("merge:")) {
            boolean tag = line.text().matches("(?i).*\\btag(s|ged)?\\b.*")
                    && !line.text().matches("(?i).*\\bmerge[sd]?\\b.*");
            Optional<Gate> arrived = tag ? only(Binding::looksForTag) : Optional.empty();
            return policy.merge() == null
                    ? Optional.empty()
                    : arrived.map(gate -> new GuideAnswer(By.GATE, gate.id()))
                            .or(() -> Optional.of(does(tag ? Action.TAG : Action.MERGE)));
        } else if (part.startsWith("environments: {staging")) {
            Optional<Gate> apart = APART.matcher(line.text()).matches()
                    ? only(gate -> Gate.ISOLATED.equals(gate.check()))
                    : Optional.empty();
            return apart.map(gate -> new GuideAnswer(By.GATE, gate.id())).or(() -> Optional.of(does(Action.STAGE)));
        } else if (part.contains("whenBad")) {
            return Optional.of(does(Action.ROLLBACK));
        } else if (part.startsWith("environments: {production")) {
            return Optional.of(does(Action.DEPLOY));
        }
        return part.startsWith("contacts:") ? Optional.of(does(Action.NOTIFY)) : Optional.empty();
    }

    private static GuideAnswer does(Action action) {
        return new GuideAnswer(By.ACTION, GuideAnswer.word(action));
    }

    /** A value that the guide says too is the policy's only if both say the same. */
    private GuideAnswer value(GuideLine line, String part) {
        Matcher required = REQUIRED.matcher(part);
        if (required.matches()) {
            return policy.approvals().required() == Integer.parseInt(required.group(1))
                    ? said("approvals.required")
                    : GuideAnswer.UNANSWERED;
        } else if (part.startsWith("source:")) {
            boolean target = line.text().matches("(?i)\\W*(to|target|into|base)\\b.*");
            return said(target ? "source.to" : "source.from");
        } else if (part.startsWith("contacts:")) {
            return line.text().contains(":")
                    ? roles.contact(key(line))
                            .map(index -> said("contacts[%d].name".formatted(index)))
                            .orElse(GuideAnswer.UNANSWERED)
                    : said("contacts");
        }
        if (!part.startsWith("checks:")) {
            return GuideAnswer.UNANSWERED;
        }
        return only(gate -> gate.checksAtLeast() > 0)
                .map(gate -> new GuideAnswer(By.GATE, gate.id()))
                .orElseGet(() -> policy.checks().isEmpty() ? GuideAnswer.UNANSWERED : said("checks"));
    }

    private static GuideAnswer said(String path) {
        return new GuideAnswer(By.VALUE, path);
    }
}
