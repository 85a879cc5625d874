using Microsoft.AspNetCore.Connections;

namespace FastScaling.Demo.Running;

/// <summary>What is said when a port of this machine cannot be had.</summary>
internal static class Loopback
{
    public static DemoException CannotListen(string who, string option, int port, Exception exception) => new(
        IsInUse(exception)
            ? $"{who} cannot listen on port {port}: it is already in use. Stop what listens there, or choose another port with {option}."
            : $"{who} cannot listen on port {port}: {exception.Message} Choose another port with {option}.",
        exception);

    private static bool IsInUse(Exception? exception) =>
        exception is not null && (exception is AddressInUseException || IsInUse(exception.InnerException));
}
