using System.Net;
using FastScaling.DeploymentKit.Tests.Templates;
using FastScaling.LocalCloudWatch;

namespace FastScaling.DeploymentKit.Tests.Service;

/// <summary>
/// One life of the sample service with the environment that the template gives it: started, put under a healthy load, stopped with
/// SIGTERM while a slow request is in flight. The tests look at what is left of it.
/// </summary>
public sealed class ServiceRun : IAsyncLifetime
{
    // 40 requests a second are 40 % of the threshold of the rate: loaded, and healthy also on a machine that builds beside it.
    private const int RequestsPerSecond = 40;
    private static readonly TimeSpan Load = TimeSpan.FromSeconds(12);

    private readonly string _root = Directory.CreateTempSubdirectory("kit").FullName;

    internal IReadOnlyList<LocalCloudWatchSeries> Series { get; private set; } = [];

    internal IReadOnlyCollection<string> OtlpBodies { get; private set; } = [];

    internal string User { get; private set; } = string.Empty;

    internal int? ExitCode { get; private set; }

    internal int Requests { get; private set; }

    internal HttpStatusCode SlowAnswer { get; private set; }

    internal TimeSpan StartTime { get; private set; }

    internal HttpStatusCode AnswerToBadInput { get; private set; }

    internal IReadOnlyList<string> FilesBefore { get; private set; } = [];

    internal IReadOnlyList<string> FilesAfter { get; private set; } = [];

    internal bool WasReadOnly { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var app = Path.Combine(_root, "app");
        await PublishedService.PublishAsync(app, Path.Combine(_root, "build"));
        MakeReadOnly(app);
        FilesBefore = Files(app);

        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var collector = await OtlpCollector.StartAsync();
        using var service = await PublishedService.StartAsync(app, Environment(app, cloudWatch.Endpoint, collector.Endpoint));
        StartTime = service.StartTime;
        User = service.User;

        using var client = new HttpClient { BaseAddress = service.Url, Timeout = TimeSpan.FromSeconds(60) };
        await PutUnderLoadAsync(client);
        AnswerToBadInput = await GetAsync(client, "/?ms=-1");
        Requests++;

        var slow = GetAsync(client, "/?ms=2000");
        Requests++;
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        await service.TerminateAsync();
        SlowAnswer = await slow;
        await service.EndAsync();

        ExitCode = service.ExitCode;
        Series = cloudWatch.GetSeries();
        OtlpBodies = [.. collector.Bodies];
        FilesAfter = Files(app);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var folder in Directory.EnumerateDirectories(_root, "*", SearchOption.AllDirectories))
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static Dictionary<string, string> Environment(string app, Uri cloudWatch, Uri collector)
    {
        var environment = Template.Kit.With(("OtlpEndpoint", collector.ToString())).Properties("TaskDefinition")["ContainerDefinitions"]![0]!["Environment"]!
            .AsArray().ToDictionary(variable => (string)variable!["Name"]!, variable => variable!["Value"]!.ToString());
        environment.Remove("ASPNETCORE_HTTP_PORTS");
        environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        environment["DOTNET_EnableDiagnostics"] = "0";
        environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        environment["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
        environment["AWS_REGION"] = "eu-central-1";
        environment["AWS_ACCESS_KEY_ID"] = "AKIAIOSFODNN7EXAMPLE";
        environment["AWS_SECRET_ACCESS_KEY"] = "example";
        environment["AWS_ENDPOINT_URL_CLOUDWATCH"] = cloudWatch.ToString();

        // As in the container: nothing that could be written to.
        environment["HOME"] = app;
        environment["TMPDIR"] = app;
        return environment;
    }

    private async Task PutUnderLoadAsync(HttpClient client)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / RequestsPerSecond));
        var answers = new List<Task<HttpStatusCode>>();
        var end = DateTime.UtcNow + Load;
        while (DateTime.UtcNow < end && await timer.WaitForNextTickAsync())
        {
            answers.Add(GetAsync(client, answers.Count % 20 == 0 ? "/health" : "/"));
        }

        Assert.All(await Task.WhenAll(answers), answer => Assert.Equal(HttpStatusCode.OK, answer));
        Requests = answers.Where((_, index) => index % 20 != 0).Count();
    }

    private static async Task<HttpStatusCode> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }

    private void MakeReadOnly(string app)
    {
        // The user that runs it must reach the folder.
        File.SetUnixFileMode(_root, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute | UnixFileMode.UserWrite);
        foreach (var path in Directory.EnumerateFileSystemEntries(app, "*", SearchOption.AllDirectories).Append(app))
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) & ~(UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)
                | UnixFileMode.GroupRead | UnixFileMode.OtherRead | (Directory.Exists(path) ? UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : 0));
        }

        WasReadOnly = (File.GetUnixFileMode(app) & (UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0;
    }

    private static List<string> Files(string folder) => [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order()];
}
