package dev.slipway.testkit;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.slipway.messaging.Letters;
import dev.slipway.messaging.MongoLetters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.data.mongodb.core.MongoTemplate;

@ExtendWith(PlatformExtension.class)
final class MongoLettersIT implements LettersContract {
    private MongoClient client;
    private MongoLetters letters;

    @BeforeEach
    void connect() {
        String database = PlatformExtension.freshDatabase();
        client = MongoClients.create(PlatformExtension.mongodb(database));
        letters = new MongoLetters(new MongoTemplate(client, database));
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Override
    public Letters letters() {
        return letters;
    }
}
