package dev.slipway.proof;

/**
 * The policy of an application whose releases rest on what scanners found, on how stable its tests are, on what it measures of
 * itself, and on an image that is in a registry; and of which some may only go forward. Its guide has a line for each of them.
 */
final class LedgerPolicy {
    static final String APPLICATION = "ledger";
    /** Of DevOps, who is asked what becomes of a release that may only go forward. */
    static final String BEN = "ben@ledger.test";

    /** Of whose name images are. */
    static final String IMAGE = "team/ledger";
    /** So many runs of its tests say how stable they are. */
    static final int RUNS = 3;

    private static final String TARGET = """
            {type: process, command: [python3, "{artifact}"], portEnv: PORT, stop: {grace: 1s}, startWithin: 2m,
             health: {ready: /health, every: 1s, within: 10s, down: 6}, metrics: {path: /metrics},
             env: {VERSION: "{version}", WHERE: "{environment}"}}""";

    private LedgerPolicy() {}

    /**
     * In YAML.
     *
     * @param repository as a policy names it
     * @param registry host and port
     */
    static String yaml(String repository, String registry) {
        return """
                apiVersion: slipway.dev/v1
                kind: ReleasePolicy
                application: ledger
                source: {repository: "REPOSITORY", from: production, to: main}
                contacts: [{role: devops, name: Ben, email: ben@ledger.test, slack: "#ledger"}]
                approvals: {required: 1}
                gates:
                  - id: scan
                    guide: The scanner finds no error
                    stage: pre-release
                    evidence: sarif
                    suite: scan
                    rule: {findings.error: 0, tool.errors: 0}
                  - id: vulnerabilities
                    guide: No severe vulnerability is known
                    stage: pre-release
                    evidence: cyclonedx
                    suite: scan
                    scanner: trivy
                    rule: {vulnerabilities.critical: 0, vulnerabilities.high: 0}
                  - id: stable
                    guide: No test is flaky
                    stage: pre-release
                    evidence: junit
                    suite: unit
                    stability: {runs: RUNS}
                    rule: {tests.failed: 0, stability.flaky: 0}
                  - id: queue
                    guide: Its queue stays short
                    stage: staging
                    metrics: [{name: ledger_queue_depth, as: value, limit: "< 100"}]
                    watch: 5s
                    within: 3m
                  - {id: books, guide: Books are shown, stage: staging, http: [{get: /books, status: 200}], within: 1m}
                  - id: image
                    guide: Its image is in the registry
                    arrival: {image: "REGISTRY/team/ledger:{version}", digest: "{digests.image}", every: 1s}
                forwardOnly: {ask: [devops]}
                guide:
                  lines:
                    - {id: scan, text: The scanner finds no error, gate: scan}
                    - {id: vulnerabilities, text: No severe vulnerability is known, gate: vulnerabilities}
                    - {id: stable, text: No test is flaky, gate: stable}
                    - {id: queue, text: Its queue stays short, gate: queue}
                    - {id: image, text: Its image is in the registry, gate: image}
                    - {id: back, text: Production goes back by itself, action: rollback}
                    - {id: notes, text: Release notes are written, document: notes}
                environments:
                  staging: {target: TARGET}
                  production:
                    target: TARGET
                    steps: [{traffic: 50, hold: 1s}, {traffic: 100}]
                    canary: {answersMin: 5, warmUp: 1s, traffic: probe, latencyDifference: 200ms}
                    bake: 2s
                """.replace("REPOSITORY", repository)
                .replace("REGISTRY", registry)
                .replace("RUNS", Integer.toString(RUNS))
                .replace("TARGET", TARGET.replace("\n", " "));
    }
}
