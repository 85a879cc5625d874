namespace FastScaling.Demo;

/// <summary>What went wrong, in one line for the person at the terminal.</summary>
internal sealed class DemoException : Exception
{
    public DemoException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
