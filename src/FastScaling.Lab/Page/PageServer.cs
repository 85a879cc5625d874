using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using FastScaling.Lab.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FastScaling.Lab.Page;

/// <summary>Serves the page of the live lab on the loopback address: files out of the tool itself, what happens as server-sent events, and the controls.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    // Sent with every control by the page itself: another site's form cannot send it without asking first, and is not answered.
    private const string ControlHeader = "x-fastscaling-lab";

    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(1);

    private readonly WebApplication _app;
    private readonly LabRun _run;
    private readonly CancellationToken _stopping;

    private PageServer(LabRun run, int port)
    {
        _run = run;
        var builder = LoopbackHost.Builder(port, "FastScaling.Lab.Page");
        _app = builder.Build();
        _stopping = _app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        _app.Use(GuardAsync);
        foreach (var asset in PageAsset.All)
        {
            _app.MapGet(asset.Path, context => SendAsync(context, asset));
        }

        _app.MapGet("/info", context => context.Response.WriteAsJsonAsync(LabInfo.Of(_run), LabJson.Options, context.RequestAborted));
        _app.MapGet("/events", context => TypedResults.ServerSentEvents(ReadAsync(context)).ExecuteAsync(context));
        Control("surge", run.Controls.Surge);
        Control("dependency", run.Controls.ToggleDependency);
        Control("cloudwatch", run.Controls.ToggleCloudWatch);
        Control("kill", () => run.Controls.Kill(half: false));
        Control("half", () => run.Controls.Kill(half: true));
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public static async Task<PageServer> StartAsync(LabRun run, int port, CancellationToken cancellationToken)
    {
        var server = new PageServer(run, port);
        server.Address = await LoopbackHost.StartAsync(server._app, "The page", "--port", port, cancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private void Control(string name, Action action) => _app.MapPost("/controls/" + name, context =>
    {
        if (!context.Request.Headers.ContainsKey(ControlHeader))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        action();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    });

    // A name that another site points at this address is refused.
    private static Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Host.Host is not ("127.0.0.1" or "localhost"))
        {
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return Task.CompletedTask;
        }

        context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        return next(context);
    }

    private static Task SendAsync(HttpContext context, PageAsset asset)
    {
        context.Response.ContentType = asset.ContentType;
        return context.Response.Body.WriteAsync(asset.Bytes, context.RequestAborted).AsTask();
    }

    // The id of an event holds that of the run: a page that comes back to another run begins anew.
    private async IAsyncEnumerable<SseItem<string>> ReadAsync(HttpContext context, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, context.RequestAborted, _stopping);
        var parts = context.Request.Headers["Last-Event-ID"].ToString().Split('-');
        var after = parts.Length == 2 && parts[0] == _run.Id && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
        await using var entries = _run.Journal.ReadAsync(after, end.Token).GetAsyncEnumerator(end.Token);
        while (await NextAsync(entries))
        {
            var entry = entries.Current;
            yield return new SseItem<string>(entry.Json, entry.Kind)
            {
                EventId = string.Create(CultureInfo.InvariantCulture, $"{_run.Id}-{entry.Id}"),
                ReconnectionInterval = Reconnect,
            };
        }
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<JournalEntry> entries)
    {
        try
        {
            return await entries.MoveNextAsync();
        }
        catch (OperationCanceledException)
        {
            // The page or the lab has gone.
            return false;
        }
    }
}
