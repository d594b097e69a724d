package dev.slipway.validation.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OrdinaryXmlTest {
    @ParameterizedTest
    @ValueSource(strings = {"<a/>", "<a>\t\r\n\u007Fä\uFFFD😀</a>", "<a>&#10;&#x1F600;&amp;&#xD7FF;</a>", "", "&"})
    void what_has_nothing_to_replace_is_ordinary(String document) {
        assertThat(OrdinaryXml.is(ByteBuffer.wrap(bytes(document)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a>\u0000</a>",
                "<a>\u001B</a>",
                "<a>\uFFFE</a>",
                "<a>\uFFFF</a>",
                "<a>&#27;</a>",
                "<a>&#x1b;</a>",
                "<a>&#xD800;</a>",
                "<a>&#99999999;</a>",
                "<a>&#4294967306;</a>",
                "<a>&#x;</a>",
                "<a>&#ä;</a>"
            })
    void what_has_is_not(String document) {
        assertThat(OrdinaryXml.is(ByteBuffer.wrap(bytes(document)))).isFalse();
    }

    @Test
    void bytes_that_are_no_text_are_not_ordinary() {
        assertThat(OrdinaryXml.is(ByteBuffer.wrap(new byte[] {'<', 'a', (byte) 0xC3, '>'})))
                .isFalse();
        assertThat(OrdinaryXml.is(ByteBuffer.wrap(new byte[] {'<', 'a', (byte) 0xC3})))
                .isFalse();
        assertThat(OrdinaryXml.is(ByteBuffer.wrap(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80})))
                .isFalse();
    }

    /** Whatever the sizes in which a parser asks. */
    @Test
    void an_ordinary_document_is_given_as_it_stands_there() throws Exception {
        String document = "<a>" + "ä😀x&#10;".repeat(5_000) + "</a>";
        SplittableRandom random = new SplittableRandom(5);
        LegalXml legal = LegalXml.of(bytes(document));

        assertThat(given(legal, random)).isEqualTo(document);
        assertThat(legal.count()).isZero();
    }

    private static String given(LegalXml legal, SplittableRandom random) throws IOException {
        StringBuilder given = new StringBuilder();
        char[] piece = new char[64];
        for (int got = 0; got >= 0; got = legal.read(piece, 0, 1 + random.nextInt(piece.length))) {
            given.append(Arrays.copyOf(piece, got));
        }
        return given.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
