namespace FastScaling.Lab.Commands;

/// <summary>What went wrong, as one line for the user.</summary>
internal sealed class CommandException(string message) : Exception(message);
