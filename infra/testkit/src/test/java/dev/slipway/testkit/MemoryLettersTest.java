package dev.slipway.testkit;

import dev.slipway.messaging.Letters;

final class MemoryLettersTest implements LettersContract {
    private final MemoryLetters letters = new MemoryLetters();

    @Override
    public Letters letters() {
        return letters;
    }
}
