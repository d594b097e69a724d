package dev.slipway.validation.evidence.components;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportLines;
import dev.slipway.validation.evidence.XmlPull;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One pass over an SPDX document of names and values in lines. This form has no end of its own: one that was cut off looks
 * like one with fewer packages. It is believed only where its relationships say that nothing is missing: everything that one of
 * them names is there, and every package is named by one that is not its own word, so either before it or after all.
 */
final class SpdxLines {
    private static final String OPENED = "<text>";
    private static final String CLOSED = "</text>";
    private static final int SAID_MAX = 3;

    /** What begins an element, or says what it is: never within a text that is not open by mistake. */
    private static final Set<String> TELLING = Set.of(
            "SPDXVersion",
            "SPDXID",
            "PackageName",
            "FileName",
            "SnippetSPDXID",
            "LicenseID",
            "Relationship",
            "PackageLicenseConcluded",
            "PackageLicenseDeclared");

    /** Everything else that SPDX 2.2 and 2.3 know. */
    private static final Set<String> KNOWN =
            Set.of(("DataLicense DocumentName DocumentNamespace ExternalDocumentRef LicenseListVersion Creator Created"
                            + " CreatorComment DocumentComment PackageVersion PackageFileName PackageSupplier"
                            + " PackageOriginator PackageDownloadLocation FilesAnalyzed PackageVerificationCode"
                            + " PackageChecksum PackageHomePage PackageSourceInfo PackageLicenseInfoFromFiles"
                            + " PackageLicenseComments PackageCopyrightText PackageSummary PackageDescription"
                            + " PackageComment ExternalRef ExternalRefComment PackageAttributionText"
                            + " PrimaryPackagePurpose ReleaseDate BuiltDate ValidUntilDate FileType FileChecksum"
                            + " LicenseConcluded LicenseInfoInFile LicenseComments FileCopyrightText"
                            + " ArtifactOfProjectName ArtifactOfProjectHomePage ArtifactOfProjectURI FileComment"
                            + " FileNotice FileContributor FileAttributionText FileDependency SnippetFromFileSPDXID"
                            + " SnippetByteRange SnippetLineRange SnippetLicenseConcluded LicenseInfoInSnippet"
                            + " SnippetLicenseComments SnippetCopyrightText SnippetComment SnippetName"
                            + " SnippetAttributionText ExtractedText LicenseName LicenseCrossReference LicenseComment"
                            + " RelationshipComment Annotator AnnotationDate AnnotationType SPDXREF AnnotationComment"
                            + " Reviewer ReviewDate ReviewComment")
                    .split(" "));

    private final ReportLines lines;
    private final SpdxPackages packages = new SpdxPackages();
    private final Map<String, Boolean> elements = new HashMap<>(); // whether it is a package
    private final Set<String> named = new HashSet<>();
    private final List<String> referred = new ArrayList<>();
    private final Set<String> once = new HashSet<>();
    private Component.Draft draft = new Component.Draft();
    private String element = "";
    private String concluded = "";
    private String declared = "";
    private boolean inPackage;
    private long listed;

    SpdxLines(ReportLines lines) {
        this.lines = lines;
    }

    Reading read() throws UnreadableEvidence {
        while (lines.next()) {
            if (lines.length() > 0 && lines.at(0) != '#' && !lines.text().isBlank()) {
                line();
            }
        }
        closed();
        if (!packages.hasVersion()) {
            throw lines.refused("This is no SPDX 2 document: it does not say its SPDXVersion");
        }
        if (listed == 0) {
            throw lines.refused("It has no packages");
        }
        requireWhole();
        return packages.reading();
    }

    private void line() throws UnreadableEvidence {
        int colon = lines.indexOf(':', 0);
        String tag = colon < 0 ? "" : lines.text(0, colon);
        if (!TELLING.contains(tag) && !KNOWN.contains(tag)) {
            throw lines.refused(
                    "%s begins no line of SPDX 2.3".formatted(XmlPull.brief(colon < 0 ? lines.text() : tag)));
        }
        String value = value(lines.text(colon + 1, lines.length()).strip());
        switch (tag) {
            case "SPDXVersion" -> version(value);
            case "Creator" -> packages.creator(value);
            case "PackageName" -> begin(true, value);
            case "FileName", "LicenseID" -> begin(false, value);
            case "SnippetSPDXID" -> {
                begin(false, value);
                identified(value);
            }
            case "SPDXID" -> identified(value);
            case "PackageVersion" -> inPackage(tag, () -> draft.version(value));
            case "PackageLicenseConcluded" -> inPackage(tag, () -> concluded = value);
            case "PackageLicenseDeclared" -> inPackage(tag, () -> declared = value);
            case "ExternalRef" -> reference(value);
            case "Relationship" -> relationship(value);
            default -> {
                // of no account
            }
        }
    }

    /** A text may go over several lines; what tells of elements never stands in one. */
    private String value(String begun) throws UnreadableEvidence {
        if (!begun.startsWith(OPENED)) {
            return begun;
        }
        int opened = lines.line();
        String part = begun.substring(OPENED.length());
        while (!part.endsWith(CLOSED)) {
            if (part.contains(CLOSED)) {
                throw lines.refused("Something follows the end of a text");
            }
            if (!lines.next()) {
                throw new UnreadableEvidence("A text that begins here has no end", opened, 1);
            }
            int colon = lines.indexOf(':', 0);
            if (colon > 0 && TELLING.contains(lines.text(0, colon))) {
                throw lines.refused("A text that begins at line %d has no end before this".formatted(opened));
            }
            part = lines.text().stripTrailing();
        }
        return "";
    }

    private void version(String said) throws UnreadableEvidence {
        if (packages.hasVersion()) {
            throw lines.refused("SPDXVersion stands here for the second time");
        }
        if (!packages.version(said)) {
            throw lines.refused("%s is not understood; ask the tool for SPDX-2.3".formatted(XmlPull.brief(said)));
        }
    }

    private void begin(boolean aPackage, String name) throws UnreadableEvidence {
        closed();
        inPackage = aPackage;
        listed += aPackage ? 1 : 0;
        draft = new Component.Draft();
        draft.name(name);
        element = "";
        concluded = "";
        declared = "";
    }

    /** What was read of an element is all of it. */
    private void closed() throws UnreadableEvidence {
        if (inPackage) {
            if (element.isEmpty()) {
                throw lines.refused("The package before this has no SPDXID");
            }
            packages.add(draft, concluded, declared);
        }
        once.clear();
    }

    private void identified(String id) throws UnreadableEvidence {
        onlyOnce("SPDXID");
        if (id.isEmpty() || elements.putIfAbsent(id, inPackage) != null) {
            throw lines.refused("The SPDXID %s stands here twice or says nothing".formatted(XmlPull.brief(id)));
        }
        element = id;
        draft.ref(id);
    }

    private void onlyOnce(String tag) throws UnreadableEvidence {
        if (!once.add(tag)) {
            throw lines.refused("%s stands twice in the same element".formatted(tag));
        }
    }

    private void inPackage(String tag, Runnable taken) throws UnreadableEvidence {
        onlyOnce(tag);
        if (!inPackage) {
            throw lines.refused("%s stands in no package".formatted(tag));
        }
        taken.run();
    }

    private void reference(String value) throws UnreadableEvidence {
        String[] said = value.split("\\s+", SAID_MAX);
        if (!inPackage || said.length < SAID_MAX) {
            throw lines.refused("An ExternalRef is category, type and locator, and stands in a package");
        }
        SpdxPackages.reference(draft, said[1], said[2]);
    }

    private void relationship(String value) throws UnreadableEvidence {
        String[] said = value.split("\\s+", SAID_MAX);
        if (said.length < SAID_MAX) {
            throw lines.refused("A Relationship is an element, a type and an element");
        }
        packages.relationship(said[0], said[1], said[2]);
        referred.add(said[0]);
        referred.add(said[2]);
        boolean ownWord = said[0].equals(element);
        named(said[0], ownWord);
        named(said[2], ownWord);
    }

    private void named(String ref, boolean ownWord) {
        if (!ownWord || !ref.equals(element)) {
            named.add(ref);
        }
    }

    private void requireWhole() throws UnreadableEvidence {
        if (lines.isOpenEnded()) {
            throw lines.refused("It ends in the middle of a line: it was cut off");
        }
        for (String ref : referred) {
            if (!elements.containsKey(ref) && !isElsewhere(ref)) {
                throw lines.refused("It names %s, which is not in it: it was cut off".formatted(XmlPull.brief(ref)));
            }
        }
        for (Map.Entry<String, Boolean> each : elements.entrySet()) {
            if (each.getValue() && !named.contains(each.getKey())) {
                throw lines.refused(
                        "No relationship names %s but its own, so nobody can tell whether it was cut off; ask the tool for SPDX 2.3 JSON"
                                .formatted(XmlPull.brief(each.getKey())));
            }
        }
    }

    private static boolean isElsewhere(String ref) {
        return ref.startsWith("DocumentRef-") || ref.equals("NONE") || ref.equals("NOASSERTION");
    }
}
