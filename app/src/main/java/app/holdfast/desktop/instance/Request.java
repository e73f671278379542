package app.holdfast.desktop.instance;

import java.util.List;

/// One command as it was typed, with what the instance has to know of whoever typed it.
///
/// @param arguments   not parsed yet
/// @param directory   the caller's working directory, absolute, against which paths in the arguments are resolved
/// @param json        whether the answer, errors included, is to be one JSON document
/// @param interactive whether someone sits at the caller's terminal who can answer a question
/// @param language    BCP 47 tag of the language the caller reads
public record Request(List<String> arguments, String directory, boolean json, boolean interactive, String language) {

    public Request {
        arguments = List.copyOf(arguments);
    }
}
