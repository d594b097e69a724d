package dev.slipway.cli.first;

import dev.slipway.contracts.WireJson;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A draft as a policy file that explains itself. Every value that a person gave is quoted, as JSON is YAML. */
final class PolicyYaml {
    private static final Pattern PLAIN =
            Pattern.compile("(?!(?i:true|false|null)$)[A-Za-z][A-Za-z0-9._/-]*|\\d+(ms|s|m|h|d)");

    static final String CONTAINS = "::";
    private static final String TECHNICAL_LEAD = "technical-lead";

    private PolicyYaml() {}

    static String of(PolicyDraft draft) {
        return """
            # The release guide of %1$s as code: what must hold before, during and after production.
            # ./slipway policy validate FILE says what is wrong with it, ./slipway policy apply FILE makes it count
            # for the releases to come. Releases keep the policy that they began with.
            apiVersion: slipway.dev/v1
            kind: ReleasePolicy
            application: %1$s

            # Releases are made of branch `from`, or of several, for hotfixes: from: [main, "hotfix/*"].
            # What has reached production is merged into `to` and tagged. A relative path counts from this file.
            source: {repository: %2$s, from: %3$s, to: %4$s}

            # Who is told what happens, by email, over Slack (slack: "#channel"), or both.
            contacts:
            %5$s

            # Who answers for each release: a role, of which the first who is there when it begins, or an email of above.
            # ./slipway release create --owner names another one for a single release.
            owner: %8$s

            # How many people must say yes. Authors and committers of the release do not count.
            approvals: {required: %6$d, within: 72h}

            # Runs of your CI that must have passed for the commit: ./slipway check pass NAME
            checks: %7$s
            """.formatted(
                        plain(draft.application()),
                        quoted(draft.repository()),
                        plain(draft.from()),
                        plain(draft.to()),
                        draft.contacts().stream().map(PolicyYaml::contact).collect(Collectors.joining("\n")),
                        draft.approvals(),
                        list(draft.checks()),
                        quoted(owner(draft.contacts())))
                + gates(draft)
                + environments(draft)
                + """

            merge: {tag: "v{version}"}
            # A push to `from` supersedes a release that is on its way; `ignore` leaves it alone.
            onPush: supersede
            # Nothing new goes to production within such a time; what is there already is looked after as always.
            # A freeze counts from the moment at which it is applied, for releases on their way too.
            # freeze:
            #   - {from: "2026-12-23T00:00:00Z", to: "2027-01-02T00:00:00Z", reason: "holidays"}
            #   - {every: [sat, sun], from: "00:00", to: "24:00", zone: Europe/Berlin, reason: "nobody is there"}
            #   - {every: [mon, tue, wed, thu], from: "18:00", to: "08:00", zone: Europe/Berlin, reason: "at night"}
            """;
    }

    private static String gates(PolicyDraft draft) {
        String tests = draft.suite().isEmpty() ? "" : """
              # A test run is its JUnit reports and its exit status, as no report tells whether the run succeeded:
              # ./slipway evidence run -- COMMAND, or ./slipway evidence push FILE... --exit STATUS
              - {id: unit-tests, guide: "Unit tests", stage: pre-release, evidence: junit, suite: %s,
                 rule: {run.exit: 0, tests.passed: ">= 1", tests.failed: 0}, within: 30m}
            """.formatted(quoted(draft.suite()));
        List<String> paths = draft.smoke().isEmpty() ? List.of(draft.health()) : draft.smoke();
        String probes = paths.stream().map(PolicyYaml::probe).collect(Collectors.joining(", "));
        return "\ngates:\n" + tests + MadeByTheBuild.gates(draft.kinds()) + """
              # The release must merge without a conflict, now and once more before production.
              - {id: merge, guide: "Merge validation", stage: merge, check: merge}
              # Asked of the version that runs in staging; probes ask for the same. An address that says which version
              # answers proves that it is the released one: {get: /version, status: 200, contains: "{version}"}
              - {id: smoke, guide: "Smoke tests", stage: staging, http: [%s]}
              # Production only where there is a way back.
              - {id: way-back, guide: "Rollback is prepared", stage: candidate, check: way-back}
            """.formatted(probes);
    }

    /** {@code /path}, or {@code /path::text} where the answer must contain the text. */
    private static String probe(String smoke) {
        int text = smoke.indexOf(CONTAINS);
        return text < 0
                ? "{get: %s, status: 200}".formatted(quoted(smoke))
                : "{get: %s, status: 200, contains: %s}"
                        .formatted(quoted(smoke.substring(0, text)), quoted(smoke.substring(text + CONTAINS.length())));
    }

    private static String environments(PolicyDraft draft) {
        String target = "{type: process, command: %s, portEnv: %s, health: %s}"
                .formatted(list(draft.command()), plain(draft.portEnv()), quoted(draft.health()));
        String hold = plain(draft.hold());
        return """

            environments:
              # The program must be allowed on the machine (./slipway allow PROGRAM). It listens on 127.0.0.1 and the port
              # that it finds in its environment; {artifact} is the path of what was released. It gets no other variables
              # than env gives it: env: {GREETING: hello, DB_PASSWORD: {secret: db-password}}, where a secret is a file of
              # this machine, .slipway/secrets/%8$s/db-password, readable by its owner alone.
              staging:
                target: %s
              production:
                target: %s
                # Users come by names: hosts: [shop.example.test], or by default by that of the application, which browsers
                # take for this machine (./slipway app open tells it).
                strategy: canary
                # Shares of the traffic and how long each is held at least. Short, for a first try: a real service
                # holds 5m and bakes 10m.
                steps: [{traffic: 10, hold: %s}, {traffic: 25, hold: %s}, {traffic: 50, hold: %s}, {traffic: 100}]
                # traffic: probe lets Slipway itself send bounded load to both versions; live counts on users alone.
                # warmUp is the longest that a version is warmed up; one whose latencies stand still goes on at once.
                canary: {traffic: %s, answersMin: 40, alpha: 0.01, onInconclusive: hold, warmUp: 30s,
                         guardrails: {errorRate: "< 5%%", p95: "< 1s"}}
                bake: %s
            """.formatted(
                target, target, hold, hold, hold, plain(draft.traffic()), plain(draft.bake()), draft.application());
    }

    /** The technical lead, or whoever was named first. */
    private static String owner(List<PolicyDraft.Contact> contacts) {
        return contacts.stream()
                .map(PolicyDraft.Contact::role)
                .filter(TECHNICAL_LEAD::equals)
                .findFirst()
                .orElseGet(() -> contacts.getFirst().role());
    }

    private static String contact(PolicyDraft.Contact contact) {
        return "  - {role: %s, name: %s, email: %s%s}"
                .formatted(
                        quoted(contact.role()),
                        quoted(contact.name()),
                        quoted(contact.email()),
                        slack(contact.slack()));
    }

    private static String slack(@Nullable String channel) {
        return channel == null ? "" : ", slack: " + quoted(channel);
    }

    private static String list(List<String> texts) {
        return texts.stream().map(PolicyYaml::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    /** A name without quotes, where YAML takes it for a text. */
    private static String plain(String text) {
        return PLAIN.matcher(text).matches() ? text : quoted(text);
    }

    private static String quoted(String text) {
        return WireJson.mapper().writeValueAsString(text);
    }
}
