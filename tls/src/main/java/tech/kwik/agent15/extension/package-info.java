/// The extensions that kwik itself makes or reads. All others are `RawExtension`.
@NullMarked
package tech.kwik.agent15.extension;

import org.jspecify.annotations.NullMarked;
