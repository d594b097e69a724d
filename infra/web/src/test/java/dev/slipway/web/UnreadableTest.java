package dev.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the library says of types is told without their packages, of types within types too. */
final class UnreadableTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            of type `java.util.LinkedHashMap<java.lang.String,java.lang.String>` from | of type `LinkedHashMap<String,String>` from
            of type `java.util.ArrayList<dev.slipway.contracts.Artifact>` from        | of type `ArrayList<Artifact>` from
            of type `dev.slipway.contracts.release.DutyView$Result` from              | of type `Result` from
            of type `java.lang.String[]` from                                         | of type `String[]` from
            of type `int` from Integer value (token `VALUE_NUMBER_INT`)               | of type `int` from Integer value (token `VALUE_NUMBER_INT`)
            version 1.2.3 of java.util                                                | version 1.2.3 of java.util
            """)
    void types_are_told_without_their_packages(String said, String told) {
        assertThat(Unreadable.firstLine(said)).isEqualTo(told);
    }
}
