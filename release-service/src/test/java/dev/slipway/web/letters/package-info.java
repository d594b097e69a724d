@NullMarked
package dev.slipway.web.letters;

import org.jspecify.annotations.NullMarked;
