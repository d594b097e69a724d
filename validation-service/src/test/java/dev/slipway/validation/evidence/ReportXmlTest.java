package dev.slipway.validation.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.XmlPull.Event;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportXmlTest {
    private final ReportXml xml = new ReportXml("A list", new ReportXml.Limits(4, 6));

    @Test
    void names_attributes_and_texts_are_told_in_order() throws Exception {
        String walked =
                walk("<?xml version=\"1.0\"?><!-- c --><a xmlns=\"urn:x\" n=\"1\">t<b>&lt;u</b><![CDATA[v]]></a>");

        assertThat(walked).isEqualTo("#c #a{urn:x}n=1/1 't #b{urn:x}/2 '< 'u b/2 'v a/1 ");
    }

    @Test
    void a_doctype_is_passed_over_and_nothing_is_fetched(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");

        assertThat(walk("<!DOCTYPE a PUBLIC \"-//JACOCO//DTD Report 1.1//EN\" \"%s\"><a/>".formatted(secret.toUri())))
                .isEqualTo("#a{}/1 a/1 ");
        assertThatThrownBy(() -> walk("<!DOCTYPE a [<!ENTITY s SYSTEM \"%s\">]>\n<a>&s;</a>".formatted(secret.toUri())))
                .isInstanceOf(UnreadableEvidence.class)
                .hasMessageStartingWith("A report may not use entities of its own, at line 2, column ")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> walk("<!DOCTYPE a [<!ENTITY s \"long\">]><a n=\"&s;\"/>"))
                .isInstanceOf(UnreadableEvidence.class);
    }

    @Test
    void a_report_that_is_deeper_or_longer_than_its_limits_is_refused() {
        assertThatThrownBy(() -> walk("<a><b><c><d>\n<e/></d></c></b></a>"))
                .hasMessage("A list has at most 6 elements, nested at most 4 deep, at line 2, column 1");
        assertThatThrownBy(() -> walk("<a>" + "<b/>".repeat(6) + "</a>"))
                .hasMessage("A list has at most 6 elements, nested at most 4 deep, at line 1, column 24");
    }

    @Test
    void what_is_cut_off_or_goes_on_is_refused_though_the_pass_read_no_further() throws Exception {
        Event first = xml.read(bytes("<a><b/></a>"), XmlPull::next);

        assertThat(first).isEqualTo(Event.START);
        for (String broken : new String[] {"<a><b/>", "<a><b/></a><a/>", "<a><b/></a>x", "<a><b></a>"}) {
            assertThatThrownBy(() -> xml.read(bytes(broken), XmlPull::next))
                    .as(broken)
                    .isInstanceOf(UnreadableEvidence.class)
                    .hasMessageStartingWith("This is not well-formed XML")
                    .hasMessageContaining("at line 1, column ");
            assertThat(xml.isWhole(bytes(broken))).as(broken).isFalse();
        }
        assertThat(xml.isWhole(bytes("<a><b/></a>"))).isTrue();
        assertThatThrownBy(() -> xml.read(new byte[0], XmlPull::next))
                .hasMessage("It is empty: its tool wrote nothing into it");
    }

    @Test
    void the_root_is_told_with_its_namespace() {
        assertThat(xml.root(bytes("<!-- x --><p:a xmlns:p=\"urn:x\"/>"))).contains(new ReportXml.Root("a", "urn:x"));
        assertThat(xml.root(bytes("<a>"))).contains(new ReportXml.Root("a", ""));
        assertThat(xml.root(bytes("{}"))).isEmpty();
        assertThat(xml.root(new byte[0])).isEmpty();
    }

    @Test
    void an_element_is_skipped_or_read_as_text() throws Exception {
        String said = xml.read(bytes("<a><b>x<c>y</c></b><d> z </d><e>1<f>2</f>3</e></a>"), pull -> {
            pull.next();
            pull.next();
            pull.skip();
            String after = pull.name() + pull.depth();
            pull.next();
            String only = pull.onlyText(3);
            pull.next();
            return after + only + pull.allText(2) + pull.name() + pull.next() + pull.next();
        });

        assertThat(said).isEqualTo("b2 z 12eENDFINISHED");
    }

    @Test
    void a_text_that_is_too_long_or_holds_elements_is_refused_at_its_place() {
        assertThatThrownBy(() -> onlyText("<a>\n<b>abcd</b></a>"))
                .hasMessage("This text has more than 3 characters, at line 2, column 1");
        assertThatThrownBy(() -> onlyText("<a>\n<b>a<c/></b></a>"))
                .hasMessage("The element \"c\" stands where a text is meant, at line 2, column 5");
    }

    @Test
    void a_forbidden_character_is_told_where_it_counts() {
        assertThatThrownBy(() -> xml.read(bytes("<a>\n<b n='1\u0001'/></a>"), pull -> {
                    pull.next();
                    pull.next();
                    pull.next();
                    throw pull.counting("no number");
                }))
                .hasMessage("no number; the character U+0001, which XML forbids, stands where it counts,"
                        + " at line 2, column 8");
    }

    private String onlyText(String document) throws UnreadableEvidence {
        return xml.read(bytes(document), pull -> {
            Event event = pull.next();
            while (event != Event.START || pull.depth() < 2) {
                event = pull.next();
            }
            return pull.onlyText(3);
        });
    }

    private String walk(String document) throws UnreadableEvidence {
        return xml.read(bytes(document), pull -> {
            StringBuilder walked = new StringBuilder();
            for (Event event = pull.next(); event != Event.FINISHED; event = pull.next()) {
                switch (event) {
                    case START -> {
                        walked.append("#%s{%s}".formatted(pull.name(), pull.namespace()));
                        for (int i = 0; i < pull.attributes(); i++) {
                            walked.append(pull.attributeName(i)).append('=').append(pull.attributeValue(i));
                        }
                        walked.append("/" + pull.depth());
                    }
                    case END -> walked.append(pull.name()).append("/").append(pull.depth());
                    case TEXT -> walked.append("'" + pull.text());
                    case COMMENT -> walked.append("#" + pull.text().strip());
                    case FINISHED -> throw new IllegalStateException();
                }
                walked.append(' ');
            }
            return walked.toString();
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
