package dev.slipway.release.application;

import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Cause;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tag that a released version gets (git check-ref-format); what cannot be one is found out before the release. */
public final class Tags {
    private static final Pattern ILLEGAL = Pattern.compile("\\.\\.|//|/\\.|@\\{|^[-./]|[./]$|\\.lock(/|$)");
    private static final int PART_BYTES_MAX = 250; // a file name has 255, and Git adds .lock while it writes

    private Tags() {}

    /** The tag of a version by the policy's template. */
    public static String of(Policy.Merge merge, String version) {
        return merge.tag().replace("{version}", version);
    }

    /** Why the version cannot be tagged; null if it can, or is not to be. */
    static @Nullable Cause refusal(Policy policy, String version) {
        Policy.Merge merge = policy.merge();
        if (merge == null) {
            return null;
        }
        String tag = of(merge, version);
        if (ILLEGAL.matcher(tag).find()) {
            return new Cause(
                    "version-cannot-be-a-tag",
                    "The release would be tagged %s, which Git refuses as a name. Propose another version, or have the policy's merge.tag say another name."
                            .formatted(tag),
                    tag,
                    "a name by git check-ref-format");
        }
        for (String part : tag.split("/", -1)) {
            int bytes = part.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > PART_BYTES_MAX) {
                return new Cause(
                        "version-cannot-be-a-tag",
                        "The release would be tagged %s, a name that is too long for Git. Propose a shorter version, or have the policy's merge.tag say a shorter name."
                                .formatted(tag),
                        bytes + " bytes",
                        PART_BYTES_MAX + " bytes");
            }
        }
        return null;
    }
}
