package dev.slipway.validation;

import dev.slipway.validation.judgement.Judgement.Bounds;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/** Bounds and rhythms of this service, {@code slipway.validation.*}; every number stands in application.yml. */
@ConfigurationProperties("slipway.validation")
record ValidationSettings(
        Evidence evidence,
        Stability stability,
        Revision revision,
        Assessment assessment,
        Probe probe,
        Arrival arrival,
        Metrics metrics,
        Merge merge,
        Files files,
        Judgement judgement,
        Recordings recordings) {
    /**
     * Reports.
     *
     * @param bodyBytesMax largest request: a report as it is, or packed ones
     * @param reportBytesMax largest report; one that is larger than a request has to come packed
     * @param chunkBytes size of a stored piece
     * @param depthMax nested elements of a report
     * @param elementsMax elements of a report
     * @param filesMax reports in one archive
     * @param unpackedBytesMax size of an archive's reports together
     * @param bytesMax all reports together; past it none is taken in
     * @param expireAfter when a report that no verdict rests on and no revision remembers is let go of
     * @param expireEvery how often such reports are looked for
     * @param expireLooksMax reports per look
     */
    record Evidence(
            DataSize bodyBytesMax,
            DataSize reportBytesMax,
            DataSize chunkBytes,
            int depthMax,
            int elementsMax,
            int filesMax,
            DataSize unpackedBytesMax,
            DataSize bytesMax,
            Duration expireAfter,
            Duration expireEvery,
            int expireLooksMax) {}

    /**
     * Which tests failed in the last runs.
     *
     * @param runsMax runs of a branch, kind and suite, as many as a gate may ask for
     * @param pushesMax pushes of reports in all of them
     * @param namesMax tests of one push that failed
     * @param branchesMax branches of all applications, kinds and suites
     */
    record Stability(int runsMax, int pushesMax, int namesMax, int branchesMax) {}

    /**
     * What is kept about a revision.
     *
     * @param evidenceMax pushes of reports
     * @param filesMax reports in all pushes
     * @param checksMax pipeline runs
     * @param subscribersMax assessments told at the same time
     * @param expireAfter how long after the last arrival
     */
    record Revision(int evidenceMax, int filesMax, int checksMax, int subscribersMax, Duration expireAfter) {}

    /**
     * Questions about gates.
     *
     * @param retryAfter pause between two tries of a merge or http gate
     * @param lastCallWithin how long a gate past its deadline waits for the revision's answer
     * @param lastTryWithin how long a merge or http gate past its deadline waits for one more try
     * @param recordAgainAfter how long the evidence chain may take before it is told again
     * @param verdictsRecognisedMax verdicts that the chain recognises when they are sent again
     * @param verdictsShownMax verdicts in one answer
     */
    record Assessment(
            Duration retryAfter,
            Duration lastCallWithin,
            Duration lastTryWithin,
            Duration recordAgainAfter,
            int verdictsRecognisedMax,
            int verdictsShownMax) {}

    /**
     * Requests to versions under test.
     *
     * @param hostsAllowed hosts that may be asked
     * @param connectWithin longest wait for a connection
     * @param answerWithin longest wait for an answer
     * @param bodyBytesMax largest answer that is read
     */
    record Probe(Set<String> hostsAllowed, Duration connectWithin, Duration answerWithin, DataSize bodyBytesMax) {}

    /**
     * Looks for what was published.
     *
     * @param hosts that may be asked, with their port where it is not that of the scheme; none unless an administrator says so
     * @param connectWithin longest wait for a connection
     * @param answerWithin longest wait for a whole answer, its body included
     * @param bodyBytesMax largest answer of which a digest is made
     * @param textBytesMax how much of an answer is searched for a text
     * @param redirectsMax how many redirects are followed, to hosts of this list alone
     */
    record Arrival(
            Set<String> hosts,
            Duration connectWithin,
            Duration answerWithin,
            DataSize bodyBytesMax,
            DataSize textBytesMax,
            int redirectsMax) {
        Arrival {
            hosts = hosts == null ? Set.of() : Set.copyOf(hosts);
        }
    }

    /**
     * Looks at the own metrics of versions under test, which run on this machine.
     *
     * @param every pause from look to look
     * @param answerWithin longest wait for an answer, 100 ms to 1 min
     * @param bodyBytesMax largest answer that is read, 1 KB to 64 MB
     */
    record Metrics(Duration every, Duration answerWithin, DataSize bodyBytesMax) {}

    /**
     * Merge checks.
     *
     * @param pathsShownMax conflicting files that are named
     */
    record Merge(int pathsShownMax) {}

    /**
     * Gates over files at the released revision.
     *
     * @param entriesMax files and folders that are listed of a revision
     * @param filesMax files that one gate reads
     * @param fileBytesMax largest of them
     * @param bytesMax all that one gate reads
     * @param depthMax folders above a file that is read
     */
    record Files(int entriesMax, int filesMax, DataSize fileBytesMax, DataSize bytesMax, int depthMax) {}

    /**
     * Judgements of canaries.
     *
     * @param memory ended judgements whose answer is kept per environment
     * @param statusEvery how often counts are told while judging
     * @param heardEvery how exactly it is known when the environment last asked
     * @param abandonAfter when a judgement that nobody asks for rests
     * @param guardrailWindow how far back guardrails look besides the whole rollout
     * @param secondWithin how long a second is waited for that some gateway has not reported
     */
    record Judgement(
            int memory,
            Duration statusEvery,
            Duration heardEvery,
            Duration abandonAfter,
            Duration guardrailWindow,
            Duration secondWithin) {
        Bounds bounds() {
            return new Bounds(memory, statusEvery, heardEvery, abandonAfter, guardrailWindow, secondWithin);
        }
    }

    /**
     * What rollouts were judged by.
     *
     * @param rolloutsMax rollouts kept of one release, the newest
     * @param partsMax parts of one rollout; what comes after them is not kept, and the last one says so
     * @param partBytes size of a part before it is compressed
     * @param partEvery longest time that a part is held back
     * @param bytesMax all recordings together, compressed; past it none is taken in until retention lets some go
     */
    record Recordings(int rolloutsMax, int partsMax, DataSize partBytes, Duration partEvery, DataSize bytesMax) {}
}
