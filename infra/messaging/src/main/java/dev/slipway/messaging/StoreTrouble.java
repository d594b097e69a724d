package dev.slipway.messaging;

import com.mongodb.MongoException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.BsonMaximumSizeExceededException;

/** The one trouble of the store that no waiting helps: a document past the size that MongoDB takes. */
final class StoreTrouble {
    /** BSONObjectTooLarge, and what the server says of an update that would make a document too large. */
    private static final Set<Integer> TOO_LARGE = Set.of(10334, 17419, 17420);

    private StoreTrouble() {}

    static boolean isTooLarge(Throwable trouble) {
        return Stream.iterate(trouble, Objects::nonNull, Throwable::getCause)
                .limit(20)
                .anyMatch(each -> each instanceof BsonMaximumSizeExceededException
                        || (each instanceof MongoException mongo && TOO_LARGE.contains(mongo.getCode())));
    }
}
