namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

/// <summary>What servers commonly do.</summary>
internal static class Scripts
{
    /// <summary>Keeps the connection and accepts whatever comes.</summary>
    public static void AcceptAll(ServerConnection connection)
    {
        while (true)
        {
            connection.ReadRequest();
            connection.Accept();
        }
    }

    /// <summary>Takes one request and never answers it.</summary>
    public static void ReadAndHang(ServerConnection connection)
    {
        connection.ReadRequest();
        connection.Hang();
    }

    /// <summary>Answers every request with a status and a body.</summary>
    public static Action<ServerConnection> Answer(int status, string body = "", string headers = "") => connection =>
    {
        while (true)
        {
            connection.ReadRequest();
            connection.Reply(status, body, headers);
        }
    };
}
