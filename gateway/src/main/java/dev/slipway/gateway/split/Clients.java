package dev.slipway.gateway.split;

import dev.slipway.contracts.traffic.TrafficSample.FirstAnswer;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import java.util.stream.Collectors;

/** Sticky clients: a client's key says its bucket, the same on every gateway and after every restart. */
public final class Clients {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Clients() {}

    /**
     * The client's bucket for a table, 0 to 9,999. What is being rolled out is part of the hash, so that it is not always
     * the same clients who try what is new.
     */
    public static int bucket(String client, Division division) {
        return (int) Long.remainderUnsigned(mixed(more(division.salt(), client)), Choosing.BUCKETS);
    }

    /** The hash of what is being rolled out, to be continued with a client. */
    static long salt(TrafficTable table) {
        String unverified = table.shares().stream()
                .map(Share::key)
                .filter(key -> !key.equals(table.verified()))
                .sorted()
                .collect(Collectors.joining(" "));
        return more(FNV_OFFSET, unverified + '\n');
    }

    /**
     * The client's number, by which those who add up several gateways know it again. It says nothing of its bucket, which
     * is a hash of more than the client alone.
     */
    public static int number(String client) {
        return (int) Long.remainderUnsigned(mixed(more(FNV_OFFSET, client)), FirstAnswer.CLIENTS);
    }

    /** FNV-1a. */
    private static long more(long before, String text) {
        long hash = before;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    /** The finalizer of SplittableRandom, so that every bit counts. */
    private static long mixed(long fnv) {
        long hash = fnv;
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
