package dev.slipway.validation.evidence;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Which package is meant by a package URL (https://github.com/package-url/purl-spec). */
public final class Packages {
    private static final String ANY = "*";

    private Packages() {}

    /**
     * Whether one of them means the other as well: without a version every version, and with qualifiers only what has
     * them too. Names that are no package URLs have to be equal.
     */
    public static boolean covers(String meant, String one) {
        if (meant.equals(one)) {
            return true;
        }
        Optional<PackageURL> wider = parse(meant);
        Optional<PackageURL> narrower = wider.isEmpty() ? Optional.empty() : parse(one);
        return narrower.isPresent() && covers(wider.get(), narrower.get());
    }

    /** The same for what people write: a {@code *} at the end means all that begin so. */
    public static boolean coversPattern(String pattern, String one) {
        return pattern.endsWith(ANY)
                ? one.startsWith(pattern.substring(0, pattern.length() - ANY.length()))
                : covers(pattern, one);
    }

    /** Without its version, and without qualifiers, which name builds and distributions; what is no package URL as it stands. */
    static String anyVersion(String purl) {
        return parse(purl)
                .map(one ->
                        one.getType() + "/" + Objects.requireNonNullElse(one.getNamespace(), "") + "/" + one.getName())
                .orElse(purl);
    }

    private static boolean covers(PackageURL wider, PackageURL narrower) {
        return wider.getType().equals(narrower.getType())
                && Objects.equals(wider.getNamespace(), narrower.getNamespace())
                && wider.getName().equals(narrower.getName())
                && (wider.getVersion() == null || wider.getVersion().equals(narrower.getVersion()))
                && qualifiers(narrower).entrySet().containsAll(qualifiers(wider).entrySet());
    }

    private static Map<String, String> qualifiers(PackageURL purl) {
        Map<String, String> qualifiers = purl.getQualifiers();
        return qualifiers == null ? Map.of() : qualifiers;
    }

    private static Optional<PackageURL> parse(String purl) {
        if (!purl.startsWith("pkg:")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PackageURL(purl));
        } catch (MalformedPackageURLException | RuntimeException none) { // it lets others through for odd escapes
            return Optional.empty();
        }
    }
}
