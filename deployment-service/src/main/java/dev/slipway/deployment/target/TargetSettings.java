package dev.slipway.deployment.target;

import dev.slipway.contracts.policy.Ranges;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of the process target and the artifact store, {@code slipway.targets.*}.
 *
 * @param directory holds artifacts, process records, logs and work directories
 * @param allowedPrograms the administrator's file of {@code name=/absolute/program} lines, read each time; absent means
 *     that nothing may run
 * @param sessionProgram gives a process a session of its own, so that an interrupt from the terminal of this service
 *     does not reach it; where there is none, processes stay in this service's session
 * @param signalProgram gives a process back the signals that this service was started without, if it knows how to
 * @param limitProgram holds a process to limits on its memory and open files; where there is none, only control groups do
 * @param userProgram starts a program as another user, and keeps it from gaining rights; where there is none, neither is
 *     done, and what is to run as another user is refused
 * @param cgroup folder of cgroup v2 in which programs get groups of their own; absent is the one that this service's own
 *     group lies in
 * @param healthEvery pause between two looks at a starting version
 * @param answerWithin longest wait for one answer of a version, also to connect
 * @param stopWithin how long a process may take to end by itself before it is killed
 * @param logBytesMax size at which a program's log is moved into an older piece, 1 KB to 1 TB
 * @param logPiecesKept older pieces of each version's log, 1 to 1,000
 * @param logShownMax of a log in one answer, 1 KB to 16 MB; a longer line is not shown
 * @param portTriesMax how often another port is tried when another program was faster, 1 to 10
 * @param artifactBytesMax largest artifact
 * @param fetchWithin longest time to fetch one
 * @param artifactRoots folders that {@code file:} artifacts must lie under; none allows none
 * @param artifactHosts hosts that {@code https:} artifacts may come from, with their port where it is not 443; none
 *     allows none
 * @param unpackedBytesMax all files of one archive together, once unpacked
 * @param unpackedEntriesMax files and folders that one archive may name, 1 to 65,000
 * @param artifactsKept newest artifacts that are kept beside those still needed, 1 to 10,000
 * @param stoppedKept newest stopped processes whose logs are kept, 1 to 10,000
 * @param stoppedKeptFor at least so long; also how long a worker may sleep and still be refused by its fence
 * @param lookEvery how often it is looked whether what should run runs
 */
@ConfigurationProperties("slipway.targets")
public record TargetSettings(
        Path directory,
        @Nullable Path allowedPrograms,
        @DefaultValue("/usr/bin/setsid") Path sessionProgram,
        @DefaultValue("/usr/bin/env") Path signalProgram,
        @DefaultValue("/usr/bin/prlimit") Path limitProgram,
        @DefaultValue("/usr/bin/setpriv") Path userProgram,
        @Nullable Path cgroup,
        @DefaultValue("100ms") Duration healthEvery,
        @DefaultValue("2s") Duration answerWithin,
        @DefaultValue("10s") Duration stopWithin,
        @DefaultValue("8MB") DataSize logBytesMax,
        @DefaultValue("4") int logPiecesKept,
        @DefaultValue("512KB") DataSize logShownMax,
        @DefaultValue("3") int portTriesMax,
        @DefaultValue("512MB") DataSize artifactBytesMax,
        @DefaultValue("5m") Duration fetchWithin,
        @DefaultValue({}) List<Path> artifactRoots,
        @DefaultValue({}) List<String> artifactHosts,
        @DefaultValue("2GB") DataSize unpackedBytesMax,
        @DefaultValue("50000") int unpackedEntriesMax,
        @DefaultValue("50") int artifactsKept,
        @DefaultValue("50") int stoppedKept,
        @DefaultValue("1h") Duration stoppedKeptFor,
        @DefaultValue("5s") Duration lookEvery) {
    public TargetSettings {
        directory = directory.toAbsolutePath().normalize();
        artifactRoots = List.copyOf(artifactRoots);
        artifactHosts = List.copyOf(artifactHosts);
        Duration hour = Duration.ofHours(1);
        Ranges.require("slipway.targets.health-every", healthEvery, Duration.ofMillis(10), Duration.ofMinutes(1));
        Ranges.require("slipway.targets.answer-within", answerWithin, Duration.ofMillis(100), Duration.ofMinutes(1));
        Ranges.require("slipway.targets.stop-within", stopWithin, Duration.ZERO, Duration.ofMinutes(10));
        Ranges.require("slipway.targets.fetch-within", fetchWithin, Duration.ofSeconds(1), hour);
        Ranges.require("slipway.targets.look-every", lookEvery, Duration.ofMillis(100), hour);
        Ranges.require("slipway.targets.stopped-kept-for", stoppedKeptFor, Duration.ZERO, Duration.ofDays(30));
        Ranges.require("slipway.targets.unpacked-entries-max", unpackedEntriesMax, 1, 65_000);
        Ranges.require("slipway.targets.artifacts-kept", artifactsKept, 1, 10_000);
        Ranges.require("slipway.targets.stopped-kept", stoppedKept, 1, 10_000);
        Ranges.require("slipway.targets.log-bytes-max", logBytesMax.toBytes(), 1L << 10, 1L << 40);
        Ranges.require("slipway.targets.log-pieces-kept", logPiecesKept, 1, 1_000);
        Ranges.require("slipway.targets.log-shown-max", logShownMax.toBytes(), 1L << 10, 16L << 20);
        Ranges.require("slipway.targets.port-tries-max", portTriesMax, 1, 10);
    }

    ProgramLog.Bounds logBounds() {
        return new ProgramLog.Bounds(logBytesMax.toBytes(), logPiecesKept);
    }

    ArtifactSources artifactSources() {
        return new ArtifactSources(artifactRoots, artifactHosts);
    }
}
