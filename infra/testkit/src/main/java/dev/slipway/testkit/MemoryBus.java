package dev.slipway.testkit;

import dev.slipway.messaging.Sink;
import dev.slipway.messaging.WireRecord;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** All records of all topics in the order of their sending. Services that share a bus hear each other. */
public final class MemoryBus implements Sink {
    private final List<WireRecord> records = new CopyOnWriteArrayList<>();

    private volatile Predicate<WireRecord> failing = _ -> false;
    private volatile RuntimeException failure = new IllegalStateException();

    /** From now on refuses some records. */
    public void fail(Predicate<WireRecord> which, RuntimeException how) {
        failure = how;
        failing = which;
    }

    public void heal() {
        failing = _ -> false;
    }

    @Override
    public void send(WireRecord message) {
        if (failing.test(message)) {
            throw failure;
        }
        records.add(message);
    }

    public List<WireRecord> records() {
        return List.copyOf(records);
    }

    public List<WireRecord> records(String topic) {
        return records.stream().filter(each -> each.topic().equals(topic)).toList();
    }
}
