using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using ServiceDefaults.AnsweringProblems;
using ServiceDefaults.GuardingAccess;
using ServiceDefaults.Observing;
using ServiceDefaults.ReadingSecrets;
using ServiceDefaults.ReportingHealth;
using ServiceDefaults.UsingTheDatabase;

namespace ServiceDefaults;

/// <summary>What every service does at start.</summary>
public static class ServiceHost
{
    /// <summary>Secrets, clock, logs, telemetry, health, access, problem+json. First of all, as others read the configuration while they register.</summary>
    public static void AddServiceDefaults(this IHostApplicationBuilder builder, string service)
    {
        builder.AddSecretFiles();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(25));
        if (!builder.Environment.IsDevelopment())
            builder.Logging.AddJsonConsole(json => json.UseUtcTimestamp = true);
        // ASP.NET Core puts every request's path into its log lines and log scopes: GET /contacts/{email} would be in all of them.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Routing", LogLevel.Warning);
        // A level that is set for the console alone (Logging:Console:LogLevel) outranks rules for all providers, whatever category they name.
        builder.Logging.AddFilter<ConsoleLoggerProvider>("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddFilter<ConsoleLoggerProvider>("Microsoft.AspNetCore.Routing", LogLevel.Warning);
        // HttpClient logs whole addresses, and a look-up's address holds the card number.
        builder.Services.ConfigureHttpClientDefaults(http => http.RemoveAllLoggers());
        builder.AddTelemetry(service);
        builder.AddAccess();
        builder.Services.AddHealthChecks();
        builder.Services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<DatabaseAwayHandler>();
        builder.Services.AddExceptionHandler<BadRequestHandler>();
        // Everywhere as in Development, so that the answer can name the parameter that was not understood.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
    }

    /// <summary>Errors as problem+json, and the health routes.</summary>
    public static void UseServiceDefaults(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapHealth();
    }

    private sealed class BadRequestHandler(IProblemDetailsService problems) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            if (exception is not BadHttpRequestException bad)
                return false;
            httpContext.Response.StatusCode = bad.StatusCode;
            return await problems.TryWriteAsync(new()
            {
                HttpContext = httpContext,
                ProblemDetails =
                {
                    Status = bad.StatusCode,
                    Title = "The request was not understood",
                    Detail = bad.InnerException is JsonException { Path: { } path } ? $"{WithoutValue(bad.Message)} Look at {path}." : WithoutValue(bad.Message),
                },
            });
        }

        // 'Failed to bind parameter "int limit" from "..."': what was sent there may be about a person.
        private static string WithoutValue(string message) => message.IndexOf(" from \"", StringComparison.Ordinal) is var at and > 0 ? message[..at] + "." : message;
    }

    private sealed class DatabaseAwayHandler(IProblemDetailsService problems) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            if (exception is not DatabaseUnavailableException)
                return false;
            httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            httpContext.Response.Headers.RetryAfter = "5";
            return await problems.TryWriteAsync(new()
            {
                HttpContext = httpContext,
                ProblemDetails = { Status = 503, Title = "The database is not available", Detail = "Nothing was accepted; send it again in a few seconds." },
            });
        }
    }
}
