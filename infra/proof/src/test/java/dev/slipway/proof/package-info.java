@NullMarked
package dev.slipway.proof;

import org.jspecify.annotations.NullMarked;
