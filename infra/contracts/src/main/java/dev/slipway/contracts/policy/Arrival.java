package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Texts;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What has to be found where it was published, once production has verified the version (ADR 57). Exactly one of
 * {@code url}, {@code get}, {@code tag} and {@code image} says where. Texts may hold {@link Placeholders}.
 *
 * @param url an {@code https:} address, 1 to 2,000 characters, whose host is written out; {@code http:} on this machine alone
 * @param get a path at production's address, as the requests of http gates have it
 * @param tag a tag of the policy's repository, which has to name the released commit; 1 to 250 characters
 * @param image {@code HOST/NAME:TAG} in a registry, 1 to 500 characters
 * @param status what {@code url} and {@code get} have to answer, 100 to 599
 * @param contains a text that the answer holds, 1 to 20,000 characters, of which a policy may write 1,000; null for any
 * @param sha256 digest of the whole answer of {@code url}, with or without {@code sha256:} before it; null for any
 * @param digest of the image's manifest; null for the release's first artifact
 * @param every pause from look to look, 1 s to 1 h
 * @param json values that the JSON answer of {@code url} has, at most 20; empty for any, and in policies from before there were any
 */
public record Arrival(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String url,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String get,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String tag,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String image,
        int status,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String contains,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String sha256,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String digest,
        Duration every,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Gate.JsonExpectation> json) {
    public static final int VALUES_MAX = 20;
    public static final Duration EVERY_DEFAULT = Duration.ofSeconds(30);
    public static final int STATUS_DEFAULT = 200;
    private static final Duration EVERY_MIN = Duration.ofSeconds(1);
    private static final Duration EVERY_MAX = Duration.ofHours(1);
    private static final int FILLED_CHARACTERS_MAX = 20_000;
    private static final String HOST =
            "(\\[[0-9a-fA-F:]{2,45}]|[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)(:[0-9]{1,5})?";
    private static final Pattern URL = Pattern.compile("https?://" + HOST + "(?:[/?][^\\s#]*)?");
    private static final Pattern OF_THIS_MACHINE = Pattern.compile("http://(localhost|127\\.0\\.0\\.1|\\[::1])[:/?].*");
    private static final Pattern IMAGE = Pattern.compile(HOST + "/([^\\s:@]+):([^\\s:@/]+)");

    public Arrival {
        if (Stream.of(url, get, tag, image).filter(Objects::nonNull).count() != 1) {
            throw new IllegalArgumentException("arrival needs exactly one of url, get, tag and image");
        }
        Ranges.require("arrival.status", status, 100, 599);
        Ranges.require("arrival.every", every, EVERY_MIN, EVERY_MAX);
        json = List.copyOf(json);
        Ranges.require("arrival.json: number of values", json.size(), 0, VALUES_MAX);
        if (url != null) {
            requireUrl(url);
        }
        if (get != null) {
            Texts.requireLength("arrival.get", get, 1, FILLED_CHARACTERS_MAX);
            if (!get.startsWith("/")) {
                throw new IllegalArgumentException("arrival.get must start with /, is " + Texts.shown(get));
            }
        }
        if (tag != null) {
            Texts.requireLength("arrival.tag", tag, 1, 250);
        }
        if (image != null) {
            requireImage(image);
        }
        if (contains != null) {
            Texts.requireLength("arrival.contains", contains, 1, FILLED_CHARACTERS_MAX);
        }
        requireFit(
                url != null || get != null,
                contains != null || status != STATUS_DEFAULT,
                "status and contains",
                "url and get");
        requireFit(url != null, sha256 != null, "sha256", "url");
        requireFit(url != null, !json.isEmpty(), "json", "url");
        requireFit(image != null, digest != null, "digest", "image");
        requireDigest("arrival.sha256", sha256);
        requireDigest("arrival.digest", digest);
    }

    /** Whose answer may have any values. */
    public Arrival(
            @Nullable String url,
            @Nullable String get,
            @Nullable String tag,
            @Nullable String image,
            int status,
            @Nullable String contains,
            @Nullable String sha256,
            @Nullable String digest,
            Duration every) {
        this(url, get, tag, image, status, contains, sha256, digest, every, List.of());
    }

    private static void requireUrl(String url) {
        Texts.requireLength("arrival.url", url, 1, 2_000);
        if (!URL.matcher(url).matches()) {
            throw new IllegalArgumentException(
                    "arrival.url must be an https: address whose host is written out, without user, blanks and #, is "
                            + Texts.shown(url));
        }
        if (url.startsWith("http:") && !OF_THIS_MACHINE.matcher(url + "/").matches()) {
            throw new IllegalArgumentException(
                    "arrival.url must be https:, as anybody on the way may change what http: answers; is "
                            + Texts.shown(url));
        }
    }

    private static void requireImage(String image) {
        Texts.requireLength("arrival.image", image, 1, 500);
        if (!IMAGE.matcher(image).matches()) {
            throw new IllegalArgumentException(
                    "arrival.image must be HOST/NAME:TAG, such as registry.example.test/team/shop:{version}, is "
                            + Texts.shown(image));
        }
    }

    private static void requireFit(boolean fits, boolean said, String what, String of) {
        if (said && !fits) {
            throw new IllegalArgumentException("arrival: %s is for %s".formatted(what, of));
        }
    }

    private static void requireDigest(String what, @Nullable String text) {
        if (text != null && !text.contains("{") && digest(text).isEmpty()) {
            throw new IllegalArgumentException(
                    "%s must be 64 hexadecimal digits, or a placeholder such as {digest}, is %s"
                            .formatted(what, Texts.shown(text)));
        }
    }

    private static Optional<Digest> digest(String text) {
        String hex = text.startsWith("sha256:") ? text.substring("sha256:".length()) : text;
        return hex.matches("[0-9a-f]{64}") ? Optional.of(new Digest("sha256:" + hex)) : Optional.empty();
    }

    /** The digest that has to be found; empty where none is asked for, or a placeholder in it stands for nothing. */
    @JsonIgnore
    public Optional<Digest> expected() {
        return Optional.ofNullable(sha256 == null ? digest : sha256).flatMap(Arrival::digest);
    }

    /** Whether a digest is asked for and nobody can say which: the release has no artifact of the name in it. */
    @JsonIgnore
    public boolean isUnfilled() {
        return (sha256 != null || digest != null) && expected().isEmpty();
    }

    /** Host, with its port where one is written, lower case; empty where what is asked is no host of the policy's. */
    @JsonIgnore
    public Optional<String> host() {
        Matcher matcher = url != null ? URL.matcher(url) : IMAGE.matcher(image == null ? "" : image);
        return matcher.matches()
                ? Optional.of((matcher.group(1) + (matcher.group(2) == null ? "" : matcher.group(2)))
                        .toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    /** An image's name in its registry and its tag, in this order; empty where it is no image. */
    @JsonIgnore
    public List<String> reference() {
        Matcher matcher = IMAGE.matcher(image == null ? "" : image);
        return matcher.matches() ? List.of(matcher.group(3), matcher.group(4)) : List.of();
    }

    /** All of it that may hold {@link Placeholders}. */
    @JsonIgnore
    public List<String> texts() {
        return Stream.concat(
                        Stream.of(url, get, tag, image, contains, sha256, digest)
                                .filter(Objects::nonNull),
                        json.stream().map(Gate.JsonExpectation::equals))
                .toList();
    }

    /** Where it has to be, for people. */
    @JsonIgnore
    public String where() {
        if (tag != null) {
            return "tag " + tag;
        }
        return Stream.of(url, image).filter(Objects::nonNull).findFirst().orElseGet(() -> "production's " + get);
    }

    /** The rule in one line, for people. */
    @JsonIgnore
    public String ruleText() {
        if (tag != null) {
            return "%s names the released commit".formatted(where());
        }
        if (image != null) {
            return "%s has the digest %s".formatted(where(), digest == null ? "of the artifact" : digest);
        }
        String text = contains == null ? "" : " with " + contains;
        String sum = sha256 == null ? "" : " with sha256 " + sha256;
        String values = json.isEmpty()
                ? ""
                : " with "
                        + json.stream()
                                .map(expected -> expected.path() + " " + expected.equals())
                                .collect(Collectors.joining(", "));
        return "%s answers %d%s%s%s".formatted(where(), status, text, sum, values);
    }
}
