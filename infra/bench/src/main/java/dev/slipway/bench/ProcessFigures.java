package dev.slipway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;

/** What a process has cost until now, as Linux tells it; elsewhere it stays untold. */
final class ProcessFigures {
    private static final int TICKS_PER_SECOND = 100; // USER_HZ of every Linux that Java runs on
    private static final java.util.regex.Pattern RESIDENT = java.util.regex.Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private static final java.util.regex.Pattern PEAK = java.util.regex.Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private ProcessFigures() {}

    /** Processor time of all its threads, ended ones too. */
    static OptionalDouble processorSeconds(long pid) {
        try {
            return processorSeconds(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
        } catch (IOException untold) {
            return OptionalDouble.empty();
        }
    }

    /** The text of {@code /proc/PID/stat}: utime and stime are the 14th and 15th word; the second may hold spaces. */
    static OptionalDouble processorSeconds(String stat) {
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return OptionalDouble.of((Double.parseDouble(words[11]) + Double.parseDouble(words[12])) / TICKS_PER_SECOND);
    }

    static OptionalLong residentBytes(long pid) {
        return status(RESIDENT, pid);
    }

    /** The most that was resident at a time. */
    static OptionalLong peakBytes(long pid) {
        return status(PEAK, pid);
    }

    private static OptionalLong status(java.util.regex.Pattern figure, long pid) {
        try {
            Matcher resident = figure.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
            return resident.find() ? OptionalLong.of(Long.parseLong(resident.group(1)) << 10) : OptionalLong.empty();
        } catch (IOException untold) {
            return OptionalLong.empty();
        }
    }
}
