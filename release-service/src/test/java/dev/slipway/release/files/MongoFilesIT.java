package dev.slipway.release.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testkit.PlatformExtension;
import java.time.Instant;
import java.util.Objects;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.util.unit.DataSize;

@ExtendWith(PlatformExtension.class)
final class MongoFilesIT implements FileBytesContract {
    private final SimpleMongoClientDatabaseFactory database =
            new SimpleMongoClientDatabaseFactory(PlatformExtension.mongodb(PlatformExtension.freshDatabase()));
    private final MongoTemplate mongo = new MongoTemplate(database);
    private Instant now = AT;
    private final MongoFiles files = new MongoFiles(mongo, DataSize.ofBytes(4), DataSize.ofBytes(40), () -> now);

    @AfterEach
    void close() throws Exception {
        database.destroy();
    }

    @Override
    public FileBytes files() {
        return files;
    }

    @Override
    public void at(Instant later) {
        now = later;
    }

    @Override
    public long stored() {
        return documents("files") + documents("file_chunks");
    }

    private long documents(String collection) {
        return Objects.requireNonNull(mongo.execute(collection, all -> all.countDocuments()));
    }

    @Test
    void a_file_of_which_a_part_was_not_written_is_not_handed_out_and_made_whole_when_it_comes_again() {
        files.keep(DIGEST, PHOTO, ONE);
        mongo.execute(
                "files", all -> all.updateOne(new Document(), new Document("$set", new Document("whole", false))));
        mongo.execute("file_chunks", all -> all.deleteOne(new Document()));

        assertThat(files.find(DIGEST)).isEmpty();
        assertThat(files.wanted(DIGEST, ONE)).isEmpty();

        files.keep(DIGEST, PHOTO, ONE);
        assertThat(FileBytesContract.text(files.find(DIGEST))).contains("a photo of it");
    }

    @Test
    void another_instance_counts_what_is_there_when_it_looks() {
        files.keep(DIGEST, PHOTO, ONE);
        MongoFiles other = new MongoFiles(mongo, DataSize.ofBytes(4), DataSize.ofBytes(40), () -> now);

        assertThat(other.bytesKept()).isZero();
        assertThat(other.measure()).isEqualTo(PHOTO.length);
        assertThat(other.bytesKept()).isEqualTo(PHOTO.length);
    }
}
