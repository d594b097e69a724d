package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The release guide of one application as code. Its JSON Schema is {@code release-policy.schema.json} in this jar.
 *
 * @param source repository and branches
 * @param contacts who is told, 1 to 50
 * @param checks names of required checks (pipeline runs that must have succeeded for the sha), at most 50, each once, of 1
 *     to 50 characters
 * @param gates at most 100, ids unique
 * @param merge what happens after production, or null for nothing
 * @param freeze when nothing new goes to production, at most 50; empty in policies from before there were any
 * @param weekly the same, every week, at most 50; empty in policies from before there were any
 * @param waivers which gates and duties people may let a release pass without, at most 50 rules, each in one; empty is none
 * @param retention how long what proves its releases is kept; null for {@link Retention#DEFAULT}
 * @param guide the team's own guide line by line, with what answers each; null where there is none
 * @param duties what people are asked on the way, at most 50, ids unique; empty in policies from before there were any
 * @param staffing who answers for releases, who is away and who stands in; null where nothing is said of it
 * @param announcements whom releases that have ended are announced to, at most 20, ids unique; empty from before there were any
 * @param timetable when what is no duty is to be done, at most 50, each once; empty in policies from before there was one
 * @param forwardOnly what is done instead of going back from a release that cannot be undone; null where none may be one, and in
 *     policies from before there was that
 */
public record Policy(
        ApplicationName application,
        Source source,
        List<Contact> contacts,
        Approvals approvals,
        List<String> checks,
        List<Gate> gates,
        Environments environments,
        @Nullable Merge merge,
        OnPush onPush,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Freeze> freeze,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<WeeklyFreeze> weekly,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<WaiverRule> waivers,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Retention retention,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Guide guide,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Duty> duties,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Staffing staffing,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Announcing> announcements,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Dated> timetable,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ForwardOnlyRule forwardOnly) {
    public Policy {
        Texts.requirePresent("contacts", contacts);
        Texts.requirePresent("checks", checks);
        Texts.requirePresent("gates", gates);
        Texts.requirePresent("application", application);
        Texts.requirePresent("source", source);
        Texts.requirePresent("approvals", approvals);
        Texts.requirePresent("environments", environments);
        Texts.requirePresent("onPush", onPush);
        contacts = List.copyOf(contacts);
        checks = List.copyOf(checks);
        gates = List.copyOf(gates);
        freeze = List.copyOf(freeze);
        weekly = List.copyOf(weekly);
        waivers = List.copyOf(waivers);
        duties = List.copyOf(duties);
        announcements = List.copyOf(announcements);
        timetable = List.copyOf(timetable);
        Ranges.require("contacts: their number", contacts.size(), 1, 50);
        Ranges.require("checks: their number", checks.size(), 0, 50);
        Ranges.require("gates: their number", gates.size(), 0, 100);
        checks.forEach(check -> Texts.requireLength("checks: a name", check, 1, 50));
        Ranges.require("freeze: number of windows", freeze.size() + weekly.size(), 0, 50);
        requireOnce("checks: each name", checks);
        requireOnce("gates: each id", gates.stream().map(Gate::id).toList());
        requireOnce("hosts: each name in both environments", hostNames(application, environments));
        gates.stream().filter(gate -> !gate.metrics().isEmpty()).forEach(gate -> requireMetrics(gate, environments));
        requireWaivable(waivers, gates, checks, duties);
        requireFilled("approvals.roles", approvals.roles(), contacts);
        requireFilled("approvals.veto", approvals.veto(), contacts);
        requireReviewers(approvals, contacts);
        for (WaiverRule rule : waivers) {
            requireFilled("waivers.roles", rule.roles(), contacts);
        }
        Ranges.require("duties: their number", duties.size(), 0, Duty.MAX);
        requireOnce("duties: each id", duties.stream().map(Duty::id).toList());
        Ranges.require(
                "duties: number of cells of all matrices",
                duties.stream().mapToInt(duty -> duty.cells().size()).sum(),
                0,
                Duty.CELLS_MAX);
        for (Duty duty : duties) {
            requireFilled("duties.by", List.of(duty.by()), contacts);
            duty.requirePeople(contacts, approvals);
        }
        Ranges.require("announcements: their number", announcements.size(), 0, Announcing.MAX);
        requireOnce(
                "announcements: each id",
                announcements.stream().map(Announcing::id).toList());
        for (Announcing announcing : announcements) {
            if (announcing.reviewedBy() != null) {
                requireFilled("announcements.reviewedBy", List.of(announcing.reviewedBy()), contacts);
            }
            if (announcing.over() == Announcing.Over.RELEASE_TEXT && merge == null) {
                throw new IllegalArgumentException(
                        "announcements: %s puts a text at the tag of a release, and this policy has no merge, as in merge: {tag: \"v{version}\"}"
                                .formatted(announcing.id()));
            }
        }
        Ranges.require("timetable: their number", timetable.size(), 0, Dated.MAX);
        requireOnce(
                "timetable: what it is of", timetable.stream().map(Dated::of).toList());
        if (forwardOnly != null) {
            requireFilled("forwardOnly.ask", forwardOnly.ask(), contacts);
        }
    }

    private static void requireWaivable(
            List<WaiverRule> waivers, List<Gate> gates, List<String> checks, List<Duty> duties) {
        Ranges.require("waivers: their number", waivers.size(), 0, 50);
        List<String> named =
                waivers.stream().flatMap(rule -> rule.gates().stream()).toList();
        requireOnce("waivers: each gate", named);
        List<String> legal = Stream.of(
                        gates.stream().filter(Policy::isWaivable).map(Gate::id),
                        checks.stream().map(check -> "check-" + check),
                        duties.stream().filter(Policy::isWaivable).map(duty -> WaiverRule.DUTY + duty.id()))
                .flatMap(names -> names)
                .toList();
        for (String gate : named) {
            if (!legal.contains(gate)) {
                throw new IllegalArgumentException(
                        "waivers: no gate %s may be waived. What users have, and the way back, is never waived; name one of %s"
                                .formatted(Texts.shown(gate), String.join(", ", legal)));
            }
            if (legal.indexOf(gate) != legal.lastIndexOf(gate)) {
                throw new IllegalArgumentException(
                        "waivers: %s is a gate, and a duty as well; give one of them another id".formatted(gate));
            }
        }
    }

    /** Nobody waives what is looked at when users have it or after that, nor the way back. */
    private static boolean isWaivable(Gate gate) {
        return gate.stage() != Stage.PRODUCTION && gate.stage() != Stage.ARRIVAL && !"way-back".equals(gate.check());
    }

    /** Nor what is asked for while they have it and production may still go back. */
    private static boolean isWaivable(Duty duty) {
        return duty.before() != Duty.Before.END;
    }

    /** Who is asked has to be somebody who is told. */
    private static void requireReviewers(Approvals approvals, List<Contact> contacts) {
        for (PathReview review : approvals.paths()) {
            requireFilled("approvals.paths.by", review.roles(), contacts);
            for (String address : review.people()) {
                Set<String> person = approvals.addressesOf(address);
                if (contacts.stream()
                        .noneMatch(contact ->
                                contact.address().filter(person::contains).isPresent())) {
                    throw new IllegalArgumentException(
                            "approvals.paths.by: no contact has the email %s, so that nobody could ask; name one of the contacts"
                                    .formatted(Texts.shown(address)));
                }
            }
        }
    }

    private static void requireFilled(String what, List<String> roles, List<Contact> contacts) {
        for (String role : roles) {
            if (contacts.stream().noneMatch(contact -> contact.role().equals(role) && contact.email() != null)) {
                throw new IllegalArgumentException(
                        "%s: no contact of role %s has an email, and people are known by theirs; give one or name another role"
                                .formatted(what, Texts.shown(role)));
            }
        }
    }

    /** The rule that lets people waive this gate, check, duty or cell of a duty. */
    public Optional<WaiverRule> waiver(String gate) {
        return waivers.stream().filter(rule -> rule.isOf(gate)).findFirst();
    }

    /** Roles of whoever has this address, which is case folded, under whichever of their addresses. */
    public Set<String> rolesOf(String address) {
        Set<String> person = approvals.addressesOf(address);
        return contacts.stream()
                .filter(contact -> contact.address().filter(person::contains).isPresent())
                .map(Contact::role)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** How long what proves its releases is kept. */
    @JsonIgnore
    public Retention kept() {
        return retention == null ? Retention.DEFAULT : retention;
    }

    /** Who answers for releases, who is away and who stands in. */
    @JsonIgnore
    public Staffing staffed() {
        return staffing == null ? Staffing.NONE : staffing;
    }

    /** The duty of this id. */
    public Optional<Duty> duty(String id) {
        return duties.stream().filter(duty -> duty.id().equals(id)).findFirst();
    }

    /** When this is to be done, by its name in the timetable. */
    public Optional<Dated> dated(String name) {
        return timetable.stream().filter(each -> each.of().equals(name)).findFirst();
    }

    private static void requireMetrics(Gate gate, Environments environments) {
        Target target = gate.stage() == Stage.PRODUCTION
                ? environments.production().target()
                : environments.staging().target();
        if (target.metrics() == null) {
            throw new IllegalArgumentException(
                    "gate %s looks at metrics: say where they are, as in environments.%s.target.metrics: {path: /metrics}"
                            .formatted(gate.id(), gate.stage() == Stage.PRODUCTION ? "production" : "staging"));
        }
    }

    private static List<String> hostNames(ApplicationName application, Environments environments) {
        List<String> staging = environments.staging().front().hosts();
        List<String> production = environments.production().front().hosts();
        Stream.concat(staging.stream(), production.stream()).forEach(host -> HostNames.requireOwn(application, host));
        return Stream.concat(
                        HostNames.effective(new EnvironmentId(application, EnvironmentId.STAGING), staging).stream(),
                        HostNames.effective(new EnvironmentId(application, EnvironmentId.PRODUCTION), production)
                                .stream())
                .toList();
    }

    public List<Gate> gates(Stage stage) {
        return gates.stream().filter(gate -> gate.stage() == stage).toList();
    }

    static void requireOnce(String what, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException(what + " may stand once; " + Texts.shown(name) + " stands again");
            }
        }
    }

    /**
     * Where the code is.
     *
     * @param repository {@code file:} with an absolute path, or {@code https:}
     * @param from branches that releases are made of, 1 to 20 names in which {@code *} stands for anything but a slash;
     *     a single one is written as a text, as it was before there could be several
     * @param to branch that a completed release is merged into
     */
    public record Source(
            String repository,

            @JsonFormat(
                    with = {
                        JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
                        JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED
                    })
            List<String> from,

            String to) {
        public Source {
            Texts.requireLength("source.repository", repository, 1, 2000);
            Texts.requirePresent("source.from", from);
            from = List.copyOf(from);
            Ranges.require("source.from: number of branches", from.size(), 1, 20);
            from.forEach(branch -> Texts.requireLength("source.from", branch, 1, 250));
            requireOnce("source.from: each branch", from);
            Texts.requireLength("source.to", to, 1, 250);
            if (!repository.startsWith("file:") && !repository.startsWith("https:")) {
                throw new IllegalArgumentException(
                        "source.repository must be a file: or https: address, is " + Texts.shown(repository));
            }
        }

        /** Releases made of one branch. */
        public Source(String repository, String from, String to) {
            this(repository, List.of(from), to);
        }

        /** Whether releases are made of this branch. */
        public boolean takes(String branch) {
            return from.stream().anyMatch(pattern -> matches(pattern, branch));
        }

        /** Whether {@code from} says a single branch by its name. */
        @JsonIgnore
        public boolean isOneBranch() {
            return from.size() == 1 && from.getFirst().indexOf('*') < 0;
        }

        /** The branches that releases are made of, for a sentence. */
        @JsonIgnore
        public String branches() {
            return String.join(" or ", from);
        }

        private static boolean matches(String pattern, String branch) {
            String[] parts = pattern.split("\\*", -1);
            StringBuilder regex = new StringBuilder(Pattern.quote(parts[0]));
            for (int i = 1; i < parts.length; i++) {
                regex.append("[^/]*").append(Pattern.quote(parts[i]));
            }
            return Pattern.matches(regex.toString(), branch);
        }
    }

    /**
     * A person or group who is told what happens.
     *
     * @param role for example technical-lead, devops, support
     * @param email address, or null if not told by email
     * @param slack channel, or null if not told over Slack
     */
    public record Contact(
            String role,
            String name,
            @Nullable String email,
            @Nullable String slack) {
        public Contact {
            Texts.requireLength("contacts.role", role, 1, 60);
            Texts.requireLength("contacts.name", name, 1, 100);
            if (email == null && slack == null) {
                throw new IllegalArgumentException("contacts: " + name + " needs an email, a slack channel or both");
            }
        }

        /** The email as people are known by it, case folded. */
        public Optional<String> address() {
            return Optional.ofNullable(email).map(Staffing::folded);
        }
    }

    /**
     * How many people must say yes.
     *
     * @param required 0 to 20
     * @param within how long the release waits for them, 1 min to 30 d
     * @param people addresses that are one person, in groups of 2 to 20, at most 200 groups; trimmed and case folded, each
     *     in one group. Empty in policies from before there were any
     * @param roles roles of contacts that must be among those who say yes, one person for each, at most {@code required}; a
     *     role named twice wants two. Empty in policies from before there were any
     * @param openFor how long it is waited at least, however many have said yes; null for no time, and in policies from before
     *     there was that
     * @param veto roles of contacts whose no ends a release before production, at most 20, each once; empty for nobody's, and in
     *     policies from before there were any
     * @param paths files whose change somebody in particular has to approve, at most {@value PathReview#MAX}; where there are any
     *     somebody has to be {@code required}. Empty in policies from before there were any
     */
    public record Approvals(
            int required,
            Duration within,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<List<String>> people,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<String> roles,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            OpenFor openFor,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<String> veto,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<PathReview> paths) {
        private static final int ADDRESS_CHARACTERS_MAX = 254;
        private static final int VETO_MAX = 20;

        public Approvals {
            Ranges.require("approvals.required", required, 0, 20);
            Texts.requirePresent("approvals.within", within);
            Ranges.require("approvals.within", within, Duration.ofMinutes(1), Duration.ofDays(30));
            Ranges.require("approvals.people: number of groups", people.size(), 0, 200);
            people = people.stream().map(Approvals::onePerson).toList();
            requireOnce(
                    "approvals.people: each address",
                    people.stream().flatMap(List::stream).toList());
            roles = List.copyOf(roles);
            Ranges.require("approvals.roles: their number (at most approvals.required)", roles.size(), 0, required);
            veto = List.copyOf(veto);
            Ranges.require("approvals.veto: number of roles", veto.size(), 0, VETO_MAX);
            requireOnce("approvals.veto: each role", veto);
            paths = List.copyOf(paths);
            Ranges.require("approvals.paths: their number", paths.size(), 0, PathReview.MAX);
            if (!paths.isEmpty() && required == 0) {
                throw new IllegalArgumentException(
                        "approvals.paths asks people for an approval, and approvals.required: 0 asks nobody; say required: 1 or more");
            }
        }

        /** Whatever has changed. */
        public Approvals(
                int required,
                Duration within,
                List<List<String>> people,
                List<String> roles,
                @Nullable OpenFor openFor,
                List<String> veto) {
            this(required, within, people, roles, openFor, veto, List.of());
        }

        /** Enough as soon as they are there, and nobody's no ends a release. */
        public Approvals(int required, Duration within, List<List<String>> people, List<String> roles) {
            this(required, within, people, roles, null, List.of());
        }

        /** Whoever they are, as long as they are enough. */
        public Approvals(int required, Duration within, List<List<String>> people) {
            this(required, within, people, List.of());
        }

        public Approvals(int required, Duration within) {
            this(required, within, List.of());
        }

        private static List<String> onePerson(List<String> addresses) {
            Ranges.require("approvals.people: addresses of one person", addresses.size(), 2, 20);
            return addresses.stream()
                    .map(address -> {
                        Texts.requireLength("approvals.people: an address", address, 3, ADDRESS_CHARACTERS_MAX);
                        return address.strip().toLowerCase(Locale.ROOT);
                    })
                    .toList();
        }

        /** All addresses of whoever has this one, which is case folded; itself alone if no group holds it. */
        public Set<String> addressesOf(String address) {
            return people.stream()
                    .filter(person -> person.contains(address))
                    .findFirst()
                    .<Set<String>>map(Set::copyOf)
                    .orElse(Set.of(address));
        }
    }

    /** The two environments. */
    public record Environments(Staging staging, Production production) {
        public Environments {
            Texts.requirePresent("environments.staging", staging);
            Texts.requirePresent("environments.production", production);
        }

        /**
         * Where a release is tried first.
         *
         * @param front how people come to it; a policy from before there was one is reached by default
         * @param whenBad what is done when a verified version goes bad; absent is ALERT
         * @param atLeast how long it has to have been verified there before production, 1 s to 30 d; null for no time, and in
         *     policies from before there was that
         */
        public record Staging(
                Target target,

                @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Front.IfAbsent.class) @JsonSetter
                Front front,

                @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = WhenBad.IfAbsent.class) @JsonSetter
                WhenBad whenBad,

                @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
                Duration atLeast) {
            public Staging {
                Texts.requirePresent("environments.staging.target", target);
                front = front == null ? Front.DEFAULT : front;
                whenBad = whenBad == null ? WhenBad.ALERT : whenBad;
                if (atLeast != null) {
                    Ranges.require("environments.staging.atLeast", atLeast, Duration.ofSeconds(1), Duration.ofDays(30));
                }
            }

            public Staging(Target target, Front front, WhenBad whenBad) {
                this(target, front, whenBad, null);
            }

            public Staging(Target target, Front front) {
                this(target, front, WhenBad.ALERT);
            }

            public Staging(Target target) {
                this(target, Front.DEFAULT);
            }
        }

        /**
         * Where users are.
         *
         * @param steps rising shares, the last 100 %; none is held longer than canary.stepWithin
         * @param bake watch after full traffic, 0 to 24 h
         * @param front how users come to it; a policy from before there was one is reached by default
         * @param whenBad what is done when a verified version goes bad; absent is ALERT
         */
        public record Production(
                Target target,
                Strategy strategy,
                List<Step> steps,
                Canary canary,
                Duration bake,

                @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Front.IfAbsent.class) @JsonSetter
                Front front,

                @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = WhenBad.IfAbsent.class) @JsonSetter
                WhenBad whenBad) {
            /** Ten looks, a second apart, and some to spare. */
            private static final Duration GROWTH_SEEN = Duration.ofSeconds(15);

            public Production {
                Texts.requirePresent("environments.production.target", target);
                Texts.requirePresent("environments.production.strategy", strategy);
                Texts.requirePresent("environments.production.canary", canary);
                Texts.requirePresent("environments.production.steps", steps);
                steps = List.copyOf(steps);
                Step.requireRising(steps);
                steps.forEach(step -> Ranges.require(
                        "steps.hold (at most canary.stepWithin)", step.hold(), Duration.ZERO, canary.stepWithin()));
                Ranges.require("environments.production.bake", bake, Duration.ZERO, Duration.ofHours(24));
                if (canary.guardrails().memoryGrowthPercentMax() != null) {
                    requireSeen(steps.stream().map(Step::hold).reduce(bake, Duration::plus));
                }
                if (!canary.guardrails().metrics().isEmpty() && target.metrics() == null) {
                    throw new IllegalArgumentException(
                            "canary.guardrails.metrics needs to know where they are: say target.metrics: {path:"
                                    + " /metrics}");
                }
                front = front == null ? Front.DEFAULT : front;
                whenBad = whenBad == null ? WhenBad.ALERT : whenBad;
            }

            /** What is over before its growth is known would pass unseen. */
            private static void requireSeen(Duration held) {
                if (held.compareTo(GROWTH_SEEN) < 0) {
                    throw new IllegalArgumentException(
                            "canary.guardrails.memoryGrowth needs %d s of traffic, and steps and bake hold %d s: hold longer, or leave it out"
                                    .formatted(GROWTH_SEEN.toSeconds(), held.toSeconds()));
                }
            }

            public Production(
                    Target target, Strategy strategy, List<Step> steps, Canary canary, Duration bake, Front front) {
                this(target, strategy, steps, canary, bake, front, WhenBad.ALERT);
            }

            public Production(Target target, Strategy strategy, List<Step> steps, Canary canary, Duration bake) {
                this(target, strategy, steps, canary, bake, Front.DEFAULT);
            }
        }
    }

    /**
     * What is done with the branches after production.
     *
     * @param tag name of the tag, {@code {version}} is replaced
     */
    public record Merge(String tag) {
        public Merge {
            Texts.requireLength("merge.tag", tag, 1, 200);
        }
    }

    /**
     * A time in which no release begins production. What has begun goes on, and goes back.
     *
     * @param to after {@code from}; the window ends just before it
     * @param reason for people, 1 to 200 characters
     */
    public record Freeze(Instant from, Instant to, String reason) {
        public Freeze {
            Texts.requirePresent("freeze.from", from);
            Texts.requirePresent("freeze.to", to);
            Texts.requireLength("freeze.reason", reason, 1, 200);
            if (!from.isBefore(to)) {
                throw new IllegalArgumentException("freeze.to must be after freeze.from, is " + to);
            }
        }

        public boolean covers(Instant at) {
            return !at.isBefore(from) && at.isBefore(to);
        }
    }

    /** What a push to the source branch does to a release on its way. */
    public enum OnPush {
        SUPERSEDE,
        IGNORE
    }
}
