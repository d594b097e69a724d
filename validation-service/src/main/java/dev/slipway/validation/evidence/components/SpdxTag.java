package dev.slipway.validation.evidence.components;

import dev.slipway.validation.evidence.ReportLines;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a line of SPDX 2.2 and 2.3 begins with. */
enum SpdxTag {
    VERSION("SPDXVersion", true),
    ID("SPDXID", true),
    PACKAGE("PackageName", true),
    FILE("FileName", true),
    SNIPPET("SnippetSPDXID", true),
    LICENSE("LicenseID", true),
    RELATIONSHIP("Relationship", true),
    CONCLUDED("PackageLicenseConcluded", true),
    DECLARED("PackageLicenseDeclared", true),
    CREATOR("Creator", false),
    PACKAGE_VERSION("PackageVersion", false),
    REFERENCE("ExternalRef", false),
    /** Of no account. */
    OTHER("", false);

    /** Everything else that SPDX 2.2 and 2.3 know. */
    private static final String OTHERS =
            "DataLicense DocumentName DocumentNamespace ExternalDocumentRef LicenseListVersion Created CreatorComment"
                    + " DocumentComment PackageFileName PackageSupplier PackageOriginator PackageDownloadLocation"
                    + " FilesAnalyzed PackageVerificationCode PackageChecksum PackageHomePage PackageSourceInfo"
                    + " PackageLicenseInfoFromFiles PackageLicenseComments PackageCopyrightText PackageSummary"
                    + " PackageDescription PackageComment ExternalRefComment PackageAttributionText"
                    + " PrimaryPackagePurpose ReleaseDate BuiltDate ValidUntilDate FileType FileChecksum"
                    + " LicenseConcluded LicenseInfoInFile LicenseComments FileCopyrightText ArtifactOfProjectName"
                    + " ArtifactOfProjectHomePage ArtifactOfProjectURI FileComment FileNotice FileContributor"
                    + " FileAttributionText FileDependency SnippetFromFileSPDXID SnippetByteRange SnippetLineRange"
                    + " SnippetLicenseConcluded LicenseInfoInSnippet SnippetLicenseComments SnippetCopyrightText"
                    + " SnippetComment SnippetName SnippetAttributionText ExtractedText LicenseName"
                    + " LicenseCrossReference LicenseComment RelationshipComment Annotator AnnotationDate"
                    + " AnnotationType SPDXREF AnnotationComment Reviewer ReviewDate ReviewComment";

    /** A power of two, and several for each name. */
    private static final int PLACES = 512;

    private record Named(String name, SpdxTag tag) {}

    /** By a hash of their bytes; where one is taken, the next. */
    private static final @Nullable Named[] NAMED = named();

    private final String written;
    private final boolean telling;

    SpdxTag(String written, boolean telling) {
        this.written = written;
        this.telling = telling;
    }

    private static @Nullable Named[] named() {
        Map<String, SpdxTag> all = new HashMap<>();
        for (String other : OTHERS.split(" ")) {
            all.put(other, OTHER);
        }
        for (SpdxTag tag : values()) {
            if (tag != OTHER) {
                all.put(tag.written, tag);
            }
        }
        @Nullable Named[] named = new @Nullable Named[PLACES];
        all.forEach((name, tag) -> {
            int length = name.length();
            int at = place(length, name.charAt(0), name.charAt(length / 2), name.charAt(length - 1));
            while (named[at] != null) {
                at = (at + 1) % PLACES;
            }
            named[at] = new Named(name, tag);
        });
        return named;
    }

    private static int place(int length, int first, int middle, int last) {
        return (((length * 31 + first) * 31 + middle) * 31 + last) & (PLACES - 1);
    }

    /** Of the line, up to its colon; no text is made of it. Null where it is none. */
    static @Nullable SpdxTag of(ReportLines lines, int colon) {
        if (colon <= 0) {
            return null;
        }
        int at = place(colon, lines.at(0), lines.at(colon / 2), lines.at(colon - 1));
        for (Named named = NAMED[at]; named != null; named = NAMED[at]) {
            if (lines.is(0, colon, named.name())) {
                return named.tag();
            }
            at = (at + 1) % PLACES;
        }
        return null;
    }

    String written() {
        return written;
    }

    /** Whether it begins an element, or says what it is: never within a text that is not open by mistake. */
    boolean isTelling() {
        return telling;
    }
}
