package dev.slipway.proof;

import java.time.Duration;

/**
 * The policy of an application that asks for more than gates over reports: a tracker, a vote, duties of people and of others,
 * what was published, and announcements that somebody reviews. Its guide has a line for each of them. The shortest times that
 * there are.
 */
final class MeansPolicy {
    static final String APPLICATION = "means";
    /** Of the committee, two of whom say yes. */
    static final String CLEO = "cleo@example.test";

    static final String DAN = "dan@example.test";
    /** Whose no ends a release. */
    static final String EVE = "eve@example.test";
    /** Of DevOps, who is asked for what only people know. */
    static final String BEN = "ben@example.test";
    /** Of support, who reads what users are told before they are. */
    static final String SAM = "sam@example.test";
    /** The program whose word ends a wait. */
    static final String MIRROR = "mirror-bot@example.test";

    static final String USERS = "users@example.test";
    static final String ROOM = "#users";
    static final String DOCS = "/docs/";

    /** It is healthy as soon as it listens; a busy machine is no reason to find it unready. */
    private static final String TARGET = """
            {type: process, command: [python3, "{artifact}"], portEnv: PORT, stop: {grace: 1s}, startWithin: 2m,
             health: {ready: /health, every: 1s, within: 10s, down: 6},
             env: {VERSION: "{version}", WHERE: "{environment}", ORDER: "well@"}}""";

    private MeansPolicy() {}

    /** Where what is released has to be found. */
    static String download(String version) {
        return "/downloads/means-%s.py".formatted(version);
    }

    /**
     * In YAML.
     *
     * @param repository as a policy names it
     * @param openFor how long a vote is open, in whole seconds, 1 s to 30 d
     */
    static String yaml(String repository, Elsewhere elsewhere, Duration openFor) {
        return """
                apiVersion: slipway.dev/v1
                kind: ReleasePolicy
                application: means
                source: {repository: "REPOSITORY", from: production, to: main}
                contacts:
                  - {role: devops, name: Ben, email: ben@example.test, slack: "#means"}
                  - {role: committee, name: Cleo, email: cleo@example.test}
                  - {role: committee, name: Dan, email: dan@example.test}
                  - {role: security, name: Eve, email: eve@example.test}
                  - {role: support, name: Sam, email: sam@example.test}
                approvals: {required: 2, roles: {committee: 2}, openFor: OPENs, veto: [security]}
                gates:
                  - id: bugs
                    guide: No open high-severity bug
                    stage: pre-release
                    tracker: {github: acme/means, at: "ELSEWHERE", milestone: "{version}", high: [P1], every: 10s}
                    rule: {tracker.open.high: 0}
                  - {id: smoke, guide: Perform smoke tests, stage: staging, http: [{get: /version, status: 200, contains: "{version}"}], within: 1m}
                  - id: download
                    guide: What was released can be fetched
                    arrival: {url: "ELSEWHERE/downloads/means-{version}.py", sha256: "{digest}", every: 1s}
                  - id: page
                    guide: The documentation is that of the version
                    arrival: {url: "ELSEWHERE/docs/", contains: "Version {version}", every: 1s}
                duties:
                  - {id: device-test, text: Try it on a device, by: devops, before: production, fields: [device]}
                  - id: store-review
                    text: The store has approved the build
                    by: devops
                    before: production
                    waits:
                      on: App store review
                      expected: 10m
                      longest: 1h
                      ends: {poll: {url: "ELSEWHERE/reviews/{version}", json: {"$.state": approved}, every: 1s}}
                  - id: mirror
                    text: The mirror has the build
                    by: devops
                    before: production
                    waits: {on: The mirror, expected: 10m, longest: 1h, ends: {callback: {by: mirror-bot@example.test}}}
                announcements:
                  - {id: users, channel: mail, to: [users@example.test], reviewedBy: support}
                  - {id: room, channel: chat, to: ["#users"]}
                  - {id: status, channel: status-page, to: ["ELSEWHERE/v1/pages/means/incidents"]}
                guide:
                  lines:
                    - {id: bugs, text: No open high-severity bug, gate: bugs}
                    - {id: vote, text: Two of the committee say yes, approval: committee}
                    - {id: device, text: It was tried on a device, duty: device-test}
                    - {id: store, text: The store has approved it, duty: store-review}
                    - {id: mirror, text: The mirror has it, duty: mirror}
                    - {id: download, text: It can be downloaded, gate: download}
                    - {id: page, text: Its documentation is there, gate: page}
                    - {id: told, text: Users are told, document: announcement}
                environments:
                  staging: {target: TARGET}
                  production:
                    target: TARGET
                    steps: [{traffic: 100}]
                    canary: {answersMin: 5, warmUp: 1s, traffic: probe, latencyDifference: 200ms}
                    bake: 2s
                """.replace("REPOSITORY", repository)
                .replace("ELSEWHERE", elsewhere.address())
                .replace("OPEN", Long.toString(openFor.toSeconds()))
                .replace("TARGET", TARGET.replace("\n", " "));
    }
}
