package dev.slipway.web.letters;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.letters.DeadLetterView;
import dev.slipway.messaging.DeadLetters;
import dev.slipway.messaging.DeadLetters.Settled;
import dev.slipway.web.Caller;
import dev.slipway.web.NextPage;
import dev.slipway.web.Problems;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What this service heard and could not do, or could not send: to be seen, replayed or discarded by an operator. */
@RestController
@RequestMapping("/api/v1/deadletters/{service}")
class DeadLetterController {
    private static final int REASON_CHARACTERS_MAX = 500;

    private final DeadLetters letters;

    DeadLetterController(DeadLetters letters) {
        this.letters = letters;
    }

    /** Waiting letters, or settled ones, in id order. */
    @GetMapping
    DeadLetterView.Page list(
            @PathVariable String service,
            @RequestParam(defaultValue = "false") boolean settled,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit) {
        checkService(service);
        int most = NextPage.limit(limit, DeadLetterAccess.LIST_MAX, DeadLetterAccess.LIST_MAX);
        List<DeadLetterView> page = (settled ? letters.settled(cursor, most) : letters.waiting(cursor, most))
                .stream().map(this::view).toList();
        return new DeadLetterView.Page(
                page, page.size() < most ? null : page.getLast().id());
    }

    @GetMapping("/{letter}")
    DeadLetterView.Whole show(@PathVariable String service, @PathVariable String letter) {
        checkService(service);
        return letters.find(letter)
                .map(found -> LetterViews.whole(letters.service(), found))
                .orElseThrow(() -> unknown(letter));
    }

    /** Has it done again by whoever failed. Once more it is the same. */
    @PostMapping("/{letter}/replay")
    DeadLetterView.Answer replay(
            @PathVariable String service,
            @PathVariable String letter,
            @RequestBody DeadLetterView.Request request,
            @AuthenticationPrincipal Jwt token) {
        checkService(service);
        return answer(letter, letters.replay(letter, Caller.of(token).actor(), reason(request)));
    }

    /** Lets go of it: nobody does what it asked for. Once more it is the same. */
    @PostMapping("/{letter}/discard")
    DeadLetterView.Answer discard(
            @PathVariable String service,
            @PathVariable String letter,
            @RequestBody DeadLetterView.Request request,
            @AuthenticationPrincipal Jwt token) {
        checkService(service);
        return answer(letter, letters.discard(letter, Caller.of(token).actor(), reason(request)));
    }

    private DeadLetterView.Answer answer(String id, Optional<Settled> settled) {
        return settled.map(came -> new DeadLetterView.Answer(view(came.letter()), came.done(), came.text()))
                .orElseThrow(() -> unknown(id));
    }

    private DeadLetterView view(dev.slipway.messaging.Letter letter) {
        return LetterViews.of(letters.service(), letter);
    }

    private void checkService(String service) {
        if (!service.equals(letters.service())) {
            throw Problems.refused(
                    HttpStatus.NOT_FOUND,
                    "another-service",
                    "This is %s: ask for /api/v1/deadletters/%s".formatted(letters.service(), letters.service()));
        }
    }

    private static ErrorResponseException unknown(String id) {
        return Problems.refused(
                HttpStatus.NOT_FOUND, "no-such-letter", "No dead letter has the id %s. List them.".formatted(id));
    }

    private static String reason(DeadLetterView.Request request) {
        String given = request.reason();
        if (given == null || !Texts.says(given)) {
            throw new IllegalArgumentException("A reason is needed, for the record");
        }
        String said = given.strip();
        return said.length() <= REASON_CHARACTERS_MAX ? said : said.substring(0, REASON_CHARACTERS_MAX);
    }
}
