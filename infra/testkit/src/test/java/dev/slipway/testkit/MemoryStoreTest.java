package dev.slipway.testkit;

import dev.slipway.messaging.AggregateStore;

final class MemoryStoreTest implements AggregateStoreContract {
    @Override
    public AggregateStore store() {
        return new MemoryStore();
    }
}
