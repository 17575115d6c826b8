@echo off
rem The twin of ./dev for Windows: the same words, the same set-up.
py -3 "%~dp0dev" %*
exit /b %ERRORLEVEL%
