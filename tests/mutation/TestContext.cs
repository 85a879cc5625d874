namespace Xunit;

/// <summary>What the linked tests use of the class of this name, which xunit 2 does not have.</summary>
internal sealed class TestContext
{
    public static TestContext Current { get; } = new();

    public CancellationToken CancellationToken => CancellationToken.None;

    public void SendDiagnosticMessage(string message) => _ = message;
}
