namespace FastScaling.LocalCloudWatch.Hosting;

internal static class Listener
{
    /// <summary>Tells a listener, if there is one. Its mistakes are its own: nothing of the server stops for them.</summary>
    public static void Tell<T>(Action<T>? listener, T news)
    {
        try
        {
            listener?.Invoke(news);
        }
        catch (Exception)
        {
            // What was told has already happened.
        }
    }
}
