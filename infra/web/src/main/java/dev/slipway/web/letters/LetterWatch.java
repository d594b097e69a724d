package dev.slipway.web.letters;

import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.DeadLetters;
import dev.slipway.messaging.Recipe;
import dev.slipway.web.letters.Letterbox.First;
import dev.slipway.web.letters.Letterbox.Looked;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks again and again whether dead letters wait, and writes down where that has changed. */
final class LetterWatch {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    private final DeadLetters letters;
    private final Aggregates<Letterbox, Looked> boxes;
    private @Nullable List<First> known;

    private LetterWatch(DeadLetters letters, Aggregates<Letterbox, Looked> boxes) {
        this.letters = letters;
        this.boxes = boxes;
    }

    /** Registers what it does with the service. */
    static LetterWatch of(Recipe recipe, DeadLetters letters) {
        Aggregates<Letterbox, Looked> boxes = recipe.aggregates(
                        "letterbox", Letterbox.class, Looked.class, new Letterbox.Watching(letters.service()))
                .build();
        LetterWatch watch = new LetterWatch(letters, boxes);
        recipe.repeatedly("dead letters", LOOK_EVERY, watch::look);
        return watch;
    }

    /** What this instance has found before is not asked about again. */
    void look() {
        List<First> found = letters.firstOfEachTopic().stream()
                .map(letter -> new First(letter.topic(), letter.id(), DeadLetters.shown(letter.reason())))
                .toList();
        if (!found.equals(known)) {
            boxes.submit(letters.service(), new Looked(found), Cause.of("service:" + letters.service()));
            known = found;
        }
    }
}
