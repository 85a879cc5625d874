using System.Buffers;
using System.Globalization;
using System.Text;

namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>Reads one HTTP/1.1 reply from a stream: status line, headers, and a body by length, in chunks, or to the end.</summary>
internal sealed class HttpReplyReader
{
    /// <summary>Holds any reply of CloudWatch to PutMetricData in one piece.</summary>
    public const int BufferSize = 8 * 1024;

    private const int MaxLineLength = 16 * 1024;
    private const int MaxHeaders = 200;
    private const int MaxBodyLength = 1024 * 1024;

    private readonly Stream _stream;
    private readonly byte[] _buffer;
    private int _start;
    private int _end;

    /// <param name="stream">Where the reply comes from.</param>
    /// <param name="buffer">What to read into, <see cref="BufferSize"/> or any other size; one of our own when null.</param>
    public HttpReplyReader(Stream stream, byte[]? buffer = null)
    {
        _stream = stream;
        _buffer = buffer ?? new byte[BufferSize];
    }

    /// <exception cref="IOException">The connection ended, or what came is no HTTP reply.</exception>
    /// <exception cref="TimeoutException">The deadline of the stream passed.</exception>
    public HttpReply Read()
    {
        while (true)
        {
            var (status, isHttp11) = ReadStatusLine();
            var headers = ReadHeaders();
            if (status is >= 100 and < 200)
            {
                continue; // An interim reply such as 103; the real one follows.
            }

            var body = ReadBody(status, headers, out var endsWithConnection);
            var connection = headers.GetValueOrDefault("Connection", isHttp11 ? string.Empty : "close");
            return new HttpReply
            {
                Status = status,
                Headers = headers,
                Body = body,
                KeepsConnection = !endsWithConnection
                    && _start == _end
                    && !connection.Contains("close", StringComparison.OrdinalIgnoreCase),
            };
        }
    }

    /// <summary>Reads the answer to CONNECT, which has no body when it is a success.</summary>
    /// <returns>The status.</returns>
    /// <exception cref="IOException">The connection ended, or what came is no such answer.</exception>
    /// <exception cref="TimeoutException">The deadline of the stream passed.</exception>
    public int ReadConnect()
    {
        while (true)
        {
            var (status, _) = ReadStatusLine();
            _ = ReadHeaders();
            if (status >= 200)
            {
                return status is >= 300 || _start == _end ? status : throw new IOException("More came than the answer.");
            }
        }
    }

    private (int Status, bool IsHttp11) ReadStatusLine()
    {
        var line = ReadLine();
        if (line.Length >= 12
            && line.StartsWith("HTTP/1.", StringComparison.Ordinal)
            && line[8] == ' '
            && (line.Length == 12 || line[12] == ' ')
            && int.TryParse(line.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            && status >= 100)
        {
            return (status, line[7] != '0');
        }

        throw new IOException("The reply is not HTTP/1.1.");
    }

    private Dictionary<string, string> ReadHeaders()
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i <= MaxHeaders; i++)
        {
            var line = ReadLine();
            if (line.Length == 0)
            {
                return headers;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                throw new IOException("The reply has a malformed header.");
            }

            var (name, value) = (line[..colon], line[(colon + 1)..].Trim());
            headers[name] = headers.TryGetValue(name, out var earlier) ? $"{earlier}, {value}" : value;
        }

        throw new IOException("The reply has too many headers.");
    }

    private byte[] ReadBody(int status, Dictionary<string, string> headers, out bool endsWithConnection)
    {
        endsWithConnection = false;
        if (status is 204 or 304)
        {
            return [];
        }

        if (headers.TryGetValue("Transfer-Encoding", out var encoding))
        {
            return encoding.EndsWith("chunked", StringComparison.OrdinalIgnoreCase)
                ? ReadChunks()
                : throw new IOException("The reply has an unknown transfer encoding.");
        }

        if (headers.TryGetValue("Content-Length", out var text))
        {
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= MaxBodyLength
                ? ReadExactly(length)
                : throw new IOException("The reply has an unusable content length.");
        }

        endsWithConnection = true;
        return ReadToEnd();
    }

    private byte[] ReadChunks()
    {
        var body = new ArrayBufferWriter<byte>();
        while (true)
        {
            var line = ReadLine();
            var size = line.AsSpan();
            var extension = size.IndexOf(';');
            size = (extension < 0 ? size : size[..extension]).Trim();
            if (!int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length)
                || length < 0
                || length > MaxBodyLength - body.WrittenCount)
            {
                throw new IOException("The reply has a malformed chunk.");
            }

            if (length == 0)
            {
                _ = ReadHeaders(); // Trailers.
                return body.WrittenSpan.ToArray();
            }

            body.Write(ReadExactly(length));
            if (ReadLine().Length != 0)
            {
                throw new IOException("The reply has a malformed chunk.");
            }
        }
    }

    private byte[] ReadExactly(int length)
    {
        var body = new byte[length];
        var read = Math.Min(length, _end - _start);
        _buffer.AsSpan(_start, read).CopyTo(body);
        _start += read;
        while (read < length)
        {
            var received = _stream.Read(body.AsSpan(read));
            read += received > 0 ? received : throw Ended();
        }

        return body;
    }

    private byte[] ReadToEnd()
    {
        var body = new ArrayBufferWriter<byte>();
        do
        {
            if (body.WrittenCount + _end - _start > MaxBodyLength)
            {
                throw new IOException("The reply is too long.");
            }

            body.Write(_buffer.AsSpan(_start, _end - _start));
            _start = _end;
        }
        while (Fill());

        return body.WrittenSpan.ToArray();
    }

    private string ReadLine()
    {
        // Nearly every line is in the buffer as a whole.
        var whole = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
        if (whole >= 0)
        {
            var text = Encoding.Latin1.GetString(_buffer.AsSpan(_start, whole).TrimEnd((byte)'\r'));
            _start += whole + 1;
            return text;
        }

        var line = new StringBuilder();
        while (true)
        {
            if (_start == _end && !Fill())
            {
                throw Ended();
            }

            var available = _buffer.AsSpan(_start, _end - _start);
            var newLine = available.IndexOf((byte)'\n');
            var part = newLine < 0 ? available : available[..newLine];
            if (line.Length + part.Length > MaxLineLength)
            {
                throw new IOException("The reply has too long a line.");
            }

            line.Append(Encoding.Latin1.GetString(part));
            _start += newLine < 0 ? part.Length : part.Length + 1;
            if (newLine >= 0)
            {
                return line.ToString().TrimEnd('\r');
            }
        }
    }

    private bool Fill()
    {
        _start = 0;
        _end = _stream.Read(_buffer);
        return _end > 0;
    }

    private static IOException Ended() => new("The connection was closed before the reply was complete.");
}
