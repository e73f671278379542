package app.holdfast.desktop.instance;

import java.util.Optional;

/// Everything that a caller and an instance say to each other. A caller begins with [Run]; the instance ends with
/// [Ended] or [Refused].
sealed interface Message {

    /// Caller: carry this out.
    record Run(Request request) implements Message {}

    /// Caller: what was typed in answer to the last [Question]; empty when nobody is there.
    record Answer(Optional<String> line) implements Message {}

    /// Caller: the secret that the last [SecretQuestion] asked for. Whoever has it wipes it.
    ///
    /// @param given whether there is one
    record Secret(byte[] bytes, boolean given) implements Message {}

    /// Instance: more of the answer.
    record Output(String text) implements Message {}

    /// Instance: more of what goes to the error stream.
    record Complaint(String text) implements Message {}

    /// Instance: show this and send an [Answer].
    record Question(String text) implements Message {}

    /// Instance: have a password typed without showing it, or read it, and send a [Secret].
    ///
    /// @param fromInput from the caller's standard input, a line of it
    record SecretQuestion(String text, boolean fromInput) implements Message {}

    /// Instance: this will not be carried out, in place of [Ended].
    ///
    /// @param code for scripts: `busy` or `bad_request`
    record Refused(String code, String reason) implements Message {}

    /// Instance: it is done.
    ///
    /// @param status exit status, 0 to 255
    record Ended(int status) implements Message {}
}
