package dev.slipway.testkit;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.slipway.messaging.AggregateStore;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.messaging.MongoStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.data.mongodb.core.MongoTemplate;

@ExtendWith(PlatformExtension.class)
final class MongoStoreIT implements AggregateStoreContract {
    private static MongoClient client;
    private static MongoTemplate mongo;

    @BeforeAll
    static void connect() {
        String database = PlatformExtension.freshDatabase();
        client = MongoClients.create(PlatformExtension.mongodb(database));
        mongo = new MongoTemplate(client, database);
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    @Override
    public AggregateStore store() {
        MongoStore store = new MongoStore(mongo, MessagingJson.mapper(), PlatformExtension.freshDatabase());
        store.createIndexes();
        return store;
    }
}
