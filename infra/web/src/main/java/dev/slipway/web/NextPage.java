package dev.slipway.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriUtils;

/**
 * Where a list that is an array of JSON goes on: the header {@code Link} with relation {@code next} (RFC 8288). Without it
 * the list is at its end.
 */
public final class NextPage {
    private static final String CURSOR = "cursor";

    private NextPage() {}

    /**
     * An answer with a list.
     *
     * @param cursor where the next page begins; null if this is the last one
     */
    public static <T> ResponseEntity<List<T>> of(List<T> page, @Nullable String cursor) {
        return cursor == null
                ? ResponseEntity.ok(page)
                : ResponseEntity.ok().header(HttpHeaders.LINK, link(cursor)).body(page);
    }

    private static String link(String cursor) {
        UriComponents next = ServletUriComponentsBuilder.fromCurrentRequest()
                .replaceQueryParam(CURSOR, UriUtils.encode(cursor, StandardCharsets.UTF_8))
                .build();
        return "<" + next.getPath() + "?" + next.getQuery() + ">; rel=\"next\"";
    }

    /** What nobody can go on from, 404: a cursor has no form that a document could tell, it is one that a list answered with. */
    public static ErrorResponseException unknown() {
        return Problems.refused(
                HttpStatus.NOT_FOUND,
                "no-such-page",
                "cursor must be one that a list answered with. Leave it out to begin with the first page.");
    }

    /**
     * How many to show.
     *
     * @param asked null for {@code usual}
     * @throws IllegalArgumentException if it is not within 1 and {@code max}
     */
    public static int limit(@Nullable Integer asked, int usual, int max) {
        int limit = asked == null ? usual : asked;
        if (limit < 1 || limit > max) {
            throw new IllegalArgumentException("limit must be 1 to %d, is %d".formatted(max, limit));
        }
        return limit;
    }
}
