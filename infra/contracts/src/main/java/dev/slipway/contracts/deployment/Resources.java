package dev.slipway.contracts.deployment;

/**
 * What a program uses, with all processes that it started, as of the last look.
 *
 * @param memoryBytes that it holds; what its processes share is counted once
 * @param cpuPercent of one processor, since the look before; 0 at the first
 * @param openFiles sockets and pipes among them
 * @param processes how many they are, itself included
 */
public record Resources(long memoryBytes, double cpuPercent, int openFiles, int threads, int processes) {
    public static final Resources NONE = new Resources(0, 0, 0, 0, 0);

    public Resources plus(Resources other) {
        return new Resources(
                memoryBytes + other.memoryBytes,
                cpuPercent + other.cpuPercent,
                openFiles + other.openFiles,
                threads + other.threads,
                processes + other.processes);
    }
}
