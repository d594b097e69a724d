package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.TrustedKey.Form;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who has to have signed what is released: one of these keys is enough.
 *
 * @param keys 1 to 20: in PEM for bundles and envelopes, of SSH or OpenPGP for a tag
 * @param builder for provenance: the builder that has to have made it, exactly as the provenance names it, 1 to 500
 *     characters; null for any that the keys vouch for
 * @param source for provenance: the repository that it has to be made of, at the very commit that is released, 1 to 500
 *     characters; null where that is not asked
 * @param tag for a signed tag: its name, with {@code {version}} for the version, 1 to 200 characters; null for
 *     {@link #TAG_DEFAULT}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SignedBy(
        List<TrustedKey> keys,
        @Nullable String builder,
        @Nullable String source,
        @Nullable String tag) {
    public static final int KEYS_MAX = 20;
    public static final String TAG_DEFAULT = "v{version}";

    private static final int NAMED_CHARS_MAX = 500;
    private static final int TAG_CHARS_MAX = 200;
    private static final Set<Form> OF_TAGS = EnumSet.of(Form.SSH, Form.OPENPGP);

    public SignedBy {
        Texts.requirePresent("signedBy.keys", keys);
        keys = List.copyOf(keys);
        Ranges.require("signedBy.keys: number of keys", keys.size(), 1, KEYS_MAX);
        if (builder != null) {
            Texts.requireLength("signedBy.builder", builder, 1, NAMED_CHARS_MAX);
        }
        if (source != null) {
            Texts.requireLength("signedBy.source", source, 1, NAMED_CHARS_MAX);
        }
        if (tag != null) {
            Texts.requireLength("signedBy.tag", tag, 1, TAG_CHARS_MAX);
        }
    }

    /** By any of these keys, and nothing more. */
    public SignedBy(List<TrustedKey> keys) {
        this(keys, null, null, null);
    }

    /** Whether all keys are such as tags are signed with. */
    @JsonIgnore
    public boolean isForTags() {
        return keys.stream().allMatch(key -> OF_TAGS.contains(key.form()));
    }

    /** Whether all keys are such as bundles and envelopes are signed with. */
    @JsonIgnore
    public boolean isForBundles() {
        return keys.stream().noneMatch(key -> OF_TAGS.contains(key.form()));
    }

    /** In a few words, for people. */
    @JsonIgnore
    public String text() {
        String who = keys.size() == 1
                ? "signed by " + keys.getFirst().shown()
                : "signed by one of %d keys".formatted(keys.size());
        return who
                + (builder == null ? "" : ", made by " + builder)
                + (source == null ? "" : ", from " + source + " at the commit that is released");
    }
}
